import { isObject, type JsonObject } from "./imported.ts";

/** Names under which documents of this kind keep secrets; `secretName` and `…CredentialType` are no secrets. */
const secretName =
  /password|passwd|pwd|secret(?!name)|credential(?!type)|token|(access|account|private|principal|api)key|embeddedcert|connectionstring|sas(uri|url)/i;

/**
 * A copy of a document without anything that is or may be a secret. References to a vault stay: they only name one.
 * What an unknown property means nobody can say, so its name decides.
 */
export function withoutSecrets(document: JsonObject): JsonObject {
  return copy(document) as JsonObject;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isSecureString(item)).map(copy);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !isSecureString(item) && (isVaultReference(item) || !secretName.test(key)))
      .map(([key, item]) => [key, copy(item)]),
  );
}

function isSecureString(value: unknown): boolean {
  return isObject(value) && value["type"] === "SecureString";
}

export function isVaultReference(value: unknown): value is JsonObject {
  return isObject(value) && value["type"] === "AzureKeyVaultSecret";
}
