import { isObject, objectAt, type JsonObject } from "./imported.ts";

export type KeptProperty = { readonly name: string; readonly value: unknown };

/** Properties of a linked service that become fields of the form; every other one is kept. */
const linkedServiceFields: ReadonlySet<string> = new Set(
  `server port database username sslMode trustServerCertificate connectionString authenticationType password tenant
   servicePrincipalId azureCloudType servicePrincipalCredentialType servicePrincipalKey servicePrincipalEmbeddedCert
   servicePrincipalEmbeddedCertPassword`.split(/\s+/),
);
const linkedServiceFrame: ReadonlySet<string> = new Set(["type", "version", "typeProperties"]);
const baseConnectionFields: ReadonlySet<string> = new Set(["name", "auth", "connectionSpec"]);

/** What an imported document says that Headgate has no use for: it is carried along and exported again. */
export function keptProperties(document: JsonObject): readonly KeptProperty[] {
  if (!isObject(document["properties"])) return others(document, baseConnectionFields);
  const properties = objectAt(document, "properties");
  return [
    ...others(document, new Set(["name", "properties"])),
    ...others(properties, linkedServiceFrame),
    ...others(objectAt(properties, "typeProperties"), linkedServiceFields),
  ];
}

function others(from: JsonObject, known: ReadonlySet<string>): KeptProperty[] {
  return Object.entries(from)
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => ({ name, value }));
}
