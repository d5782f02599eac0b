import { tlsModes, type PostgresSettings } from "@headgate/contract";
import { objectAt, type JsonObject } from "../imported.ts";
import { isVaultReference, withoutSecrets } from "../without-secrets.ts";

export type Exported = { readonly name: string; readonly settings: PostgresSettings };

/**
 * Writes a connection as a linked service of version 2.0 (features §3.2), into the document it was imported from where
 * there is one. Never writes a secret; references to a vault come back, as they only name one.
 */
export function writeLinkedService({ name, settings }: Exported, imported: JsonObject = {}): JsonObject {
  const kept = withoutSecrets(imported);
  const properties = objectAt(kept, "properties");
  const before = objectAt(properties, "typeProperties");
  const { host, port, database, user, tlsMode, entra } = settings;
  const own = {
    server: host,
    // The samples show numbers and strings; what was there stays.
    port: before["port"] === String(port) ? String(port) : port,
    database,
    sslMode: tlsModes.indexOf(tlsMode),
    username: user,
    authenticationType: entra ? "ServicePrincipal" : "BasicAuth",
    ...(entra && {
      tenant: entra.tenantId,
      servicePrincipalId: entra.clientId,
      servicePrincipalCredentialType: entra.credential === "secret" ? "ServicePrincipalKey" : "ServicePrincipalCert",
      azureCloudType: entra.cloud,
    }),
  };
  const secrets = entra ? entraProperties[entra.credential] : ["password"];
  const others = Object.entries(before).filter(
    ([key, value]) => !authenticationProperties.has(key) || (secrets.includes(key) && isVaultReference(value)),
  );
  return {
    ...kept,
    name: factoryName(name),
    properties: {
      ...properties,
      type: "AzurePostgreSql",
      version: "2.0",
      typeProperties: { ...Object.fromEntries(others), ...own },
    },
  };
}

const entraProperties = {
  secret: ["servicePrincipalKey"],
  certificate: ["servicePrincipalEmbeddedCert", "servicePrincipalEmbeddedCertPassword"],
};

/** Belong to one way of signing in, so that those of another do not come along. */
const authenticationProperties: ReadonlySet<string> = new Set(
  `password servicePrincipalKey servicePrincipalEmbeddedCert servicePrincipalEmbeddedCertPassword tenant
   servicePrincipalId servicePrincipalCredentialType azureCloudType`.split(/\s+/),
);

/** Azure's naming rules: begins with a letter, without dashes and some signs. */
function factoryName(name: string): string {
  const allowed = name.replaceAll(/[-.+?/<>*%&:\\"']/g, "_").slice(0, 120);
  return /^\p{L}/u.test(allowed) ? allowed : `c_${allowed}`;
}
