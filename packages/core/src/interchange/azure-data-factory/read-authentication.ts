import { entraClouds, entraSettingsSchema, type EntraSettings } from "@headgate/contract";
import { refuse } from "../../connection-text/refusal.ts";
import type { EntraSecrets, JsonObject, SecretAsked } from "../imported.ts";
import { propertyValue } from "./property-value.ts";

export type Authentication = {
  readonly password?: string;
  readonly entra?: Partial<EntraSettings>;
  readonly entraSecrets: EntraSecrets;
  readonly asks: readonly SecretAsked[];
  readonly notes: readonly string[];
};

const servicePrincipalOnly = [
  "tenant",
  "servicePrincipalId",
  "servicePrincipalCredentialType",
  "servicePrincipalKey",
  "servicePrincipalEmbeddedCert",
  "servicePrincipalEmbeddedCertPassword",
  "azureCloudType",
];

/** Password only for BasicAuth; tenant, id and one credential only for ServicePrincipal; key or certificate (AZ-11). */
export function readAuthentication(given: JsonObject, passwordInString: string | undefined): Authentication {
  const type = textOf(given["authenticationType"]);
  if (type === "ServicePrincipal" || (!type && "servicePrincipalId" in given)) return readServicePrincipal(given);
  if (type !== undefined && !["BasicAuth", "Basic"].includes(type))
    refuse("authenticationType must be BasicAuth or ServicePrincipal.");
  const secrets = secretReader(given);
  const password = passwordInString ?? secrets.read("password", "password");
  const idle = servicePrincipalOnly.filter((key) => key in given);
  const notes = idle.length > 0 ? [`Not used with a password: ${idle.join(", ")}.`] : [];
  return { ...(password !== undefined && { password }), entraSecrets: {}, asks: secrets.asks, notes };
}

function readServicePrincipal(given: JsonObject): Authentication {
  const credential = credentialOf(given);
  const cloud = textOf(given["azureCloudType"]);
  const knownCloud = entraClouds.find((one) => one === cloud);
  if (cloud && !knownCloud) refuse(`azureCloudType must be one of ${entraClouds.join(", ")}.`);
  const notes: string[] = [];
  if (!knownCloud) notes.push("The file does not say which Azure cloud it means; the public one was taken.");
  if ("password" in given) notes.push("Not used with a service principal: password.");
  const secrets = secretReader(given);
  const [entraSecret, entraCertificate, entraCertificatePassword] =
    credential === "secret"
      ? [secrets.read("servicePrincipalKey", "entraSecret")]
      : [
          undefined,
          secrets.read("servicePrincipalEmbeddedCert", "entraCertificate"),
          secrets.read("servicePrincipalEmbeddedCertPassword", "entraCertificatePassword", "optional"),
        ];
  const tenantId = idOf(given, "tenant", "tenantId", notes);
  const clientId = idOf(given, "servicePrincipalId", "clientId", notes);
  return {
    entra: {
      cloud: knownCloud ?? "AzurePublic",
      credential,
      ...(tenantId && { tenantId }),
      ...(clientId && { clientId }),
    },
    entraSecrets: {
      ...(entraSecret !== undefined && { entraSecret }),
      ...(entraCertificate !== undefined && { entraCertificate }),
      ...(entraCertificatePassword !== undefined && { entraCertificatePassword }),
    },
    asks: secrets.asks,
    notes,
  };
}

function credentialOf(given: JsonObject): EntraSettings["credential"] {
  const type = textOf(given["servicePrincipalCredentialType"]);
  const [key, certificate] = ["servicePrincipalKey" in given, "servicePrincipalEmbeddedCert" in given];
  if (key && certificate) refuse("The file holds both a key and a certificate. Keep the one that is meant.");
  if (type === "ServicePrincipalKey" || (!type && key)) {
    return certificate ? refuse("The file says ServicePrincipalKey but holds a certificate.") : "secret";
  }
  if (type === "ServicePrincipalCert" || (!type && certificate)) {
    return key ? refuse("The file says ServicePrincipalCert but holds a key.") : "certificate";
  }
  return type
    ? refuse("servicePrincipalCredentialType must be ServicePrincipalKey or ServicePrincipalCert.")
    : "secret";
}

function idOf(given: JsonObject, property: string, field: "tenantId" | "clientId", notes: string[]) {
  const value = propertyValue(given[property]);
  if (value.is !== "text") {
    notes.push(
      `The file does not hold ${property}${value.is === "elsewhere" ? `: it is ${value.where}` : ""}. Enter it.`,
    );
    return undefined;
  }
  const parsed = entraSettingsSchema.shape[field].safeParse(value.text);
  return parsed.success ? parsed.data : refuse(`${property} in the file is not an id.`);
}

function textOf(value: unknown): string | undefined {
  const read = propertyValue(value);
  return read.is === "text" ? read.text : undefined;
}

function secretReader(given: JsonObject) {
  const asks: SecretAsked[] = [];
  return {
    asks,
    read(property: string, field: SecretAsked["field"], need: "required" | "optional" = "required") {
      const value = propertyValue(given[property]);
      if (value.is === "text") return value.text;
      if (value.is === "elsewhere") asks.push({ field, sentence: `The secret is ${value.where}. Enter it here.` });
      else if (need === "required") asks.push({ field, sentence: "The file does not hold the secret. Enter it here." });
      return undefined;
    },
  };
}
