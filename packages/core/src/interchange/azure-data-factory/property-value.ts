import { isObject, objectAt, shownWord } from "../imported.ts";
import { isVaultReference } from "../without-secrets.ts";

/** How a linked service gives one value. */
export type PropertyValue =
  | { readonly is: "absent" }
  | { readonly is: "text"; readonly text: string }
  /** Given elsewhere; `where` ends a sentence. */
  | { readonly is: "elsewhere"; readonly where: string };

/** Reads plain text, a number, a SecureString, a vault reference, an expression or a masked secret (features §3.2). */
export function propertyValue(value: unknown): PropertyValue {
  if (value === undefined || value === null || value === "") return { is: "absent" };
  if (typeof value === "number" || typeof value === "boolean") return { is: "text", text: String(value) };
  if (typeof value === "string") return textValue(value);
  if (isVaultReference(value)) {
    const store = shownWord(objectAt(value, "store")["referenceName"] ?? "Azure Key Vault");
    return { is: "elsewhere", where: `kept in the vault ${store} under the name ${shownWord(value["secretName"])}` };
  }
  if (isObject(value) && value["type"] === "SecureString") return propertyValue(value["value"]);
  return { is: "elsewhere", where: "given by an expression" };
}

function textValue(text: string): PropertyValue {
  if (/^\*+$/.test(text)) return { is: "elsewhere", where: "hidden by stars" };
  if (/^@|@\{/.test(text) && /linkedService\(\)|pipeline\(\)/.test(text))
    return { is: "elsewhere", where: "given by a parameter of the factory" };
  return { is: "text", text };
}
