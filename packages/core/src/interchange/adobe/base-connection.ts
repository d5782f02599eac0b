import { labelSchema, tlsModes, type PostgresSettings } from "@headgate/contract";
import { fieldsFromPairs, type ConnectionFields } from "../../connection-text/fields-from-pairs.ts";
import { parseConnectionText } from "../../connection-text/parse-connection-text.ts";
import { refuse } from "../../connection-text/refusal.ts";
import { writeConnectionText } from "../../connection-text/write-connection-text.ts";
import { propertyValue } from "../azure-data-factory/property-value.ts";
import { objectAt, shownWord, type Imported, type JsonObject } from "../imported.ts";
import { keptProperties } from "../kept-properties.ts";
import { withoutSecrets } from "../without-secrets.ts";

/** The fixed id of Adobe's PostgreSQL connector (AD-03). */
export const adobePostgresSpec = "74a1c565-4e59-48d7-9d67-7c03b8a13137";

/** Reads a base connection as Adobe's Flow Service takes it (features §3.8), with a string or with separate values. */
export function readBaseConnection(document: JsonObject): Imported {
  const spec = objectAt(document, "connectionSpec")["id"];
  if (spec !== undefined && spec !== adobePostgresSpec)
    refuse("This Adobe connection belongs to another kind of source than PostgreSQL.");
  const { fields, notes } = readParameters(objectAt(objectAt(document, "auth"), "params"));
  const name = labelSchema.safeParse(document["name"]);
  const open = withoutSecrets(document);
  const kept = keptProperties(open).map((property) => shownWord(property.name));
  return {
    ...(name.success && { name: name.data }),
    fields,
    entraSecrets: {},
    asks:
      fields.password === undefined
        ? [{ field: "password", sentence: "The file does not hold the password. Enter it here." }]
        : [],
    notes: [
      ...notes,
      ...(kept.length > 0 ? [`Kept for the way back, but not used by Headgate: ${kept.join(", ")}.`] : []),
    ],
    document: open,
  };
}

function readParameters(params: JsonObject): { readonly fields: ConnectionFields; readonly notes: readonly string[] } {
  const text = propertyValue(params["connectionString"]);
  if (text.is === "text") {
    const parsed = parseConnectionText(text.text);
    return parsed.status === "refused" ? refuse(parsed.message) : parsed;
  }
  const pairs = Object.entries(params).flatMap(([key, value]) => {
    const read = propertyValue(value);
    if (read.is !== "text") return [];
    const isNumber = key === "sslMode" && /^[0-9]+$/.test(read.text);
    return [{ key, value: isNumber ? (tlsModes[Number(read.text)] ?? read.text) : read.text }];
  });
  if (pairs.length === 0) refuse("This Adobe connection holds neither a connection string nor a server.");
  return fieldsFromPairs(pairs);
}

/** Writes a connection as a base connection for Adobe's Flow Service. Never writes the password. */
export function writeBaseConnection(
  { name, settings }: { readonly name: string; readonly settings: PostgresSettings },
  imported: JsonObject = {},
): JsonObject {
  return {
    ...withoutSecrets(imported),
    name,
    auth: {
      specName: "Connection String Based Authentication",
      params: { connectionString: writeConnectionText("ado", openFields(settings)) },
    },
    connectionSpec: { id: adobePostgresSpec, version: "1.0" },
  };
}

/** The settings a connection string can hold; no secret among them. */
export function openFields({ host, port, database, user, tlsMode }: PostgresSettings): ConnectionFields {
  return { host, port, database, user, tlsMode };
}
