import { labelSchema, tlsModes } from "@headgate/contract";
import { fieldsFromPairs } from "../../connection-text/fields-from-pairs.ts";
import type { Pair } from "../../connection-text/pair.ts";
import { parseConnectionText } from "../../connection-text/parse-connection-text.ts";
import { refuse } from "../../connection-text/refusal.ts";
import { objectAt, shownWord, type Imported, type JsonObject } from "../imported.ts";
import { keptProperties } from "../kept-properties.ts";
import { withoutSecrets } from "../without-secrets.ts";
import { propertyValue } from "./property-value.ts";
import { readAuthentication } from "./read-authentication.ts";

/** Reads an Azure Data Factory linked service of type AzurePostgreSql, version 2.0 or 1.0 (features §3.2). */
export function readLinkedService(document: JsonObject): Imported {
  const properties = objectAt(document, "properties");
  if (properties["type"] !== "AzurePostgreSql")
    refuse(`This linked service is of type ${shownWord(properties["type"])}. Only AzurePostgreSql can be read.`);
  const version = propertyValue(properties["version"]);
  if (version.is === "text" && !/^[12](\.0)?$/.test(version.text))
    refuse(`This linked service has version ${shownWord(version.text)}. Versions 1.0 and 2.0 can be read.`);
  const given = objectAt(properties, "typeProperties");
  const notes: string[] = [];
  const { fields, notes: fieldNotes } = given["server"] === undefined ? readString(given) : readFields(given, notes);
  const authentication = readAuthentication(given, fields.password);
  const { password: _, ...words } = fields;
  const name = labelSchema.safeParse(document["name"]);
  const open = withoutSecrets(document);
  const kept = keptProperties(open).map((property) => shownWord(property.name));
  if (kept.length > 0) notes.push(`Kept for the way back, but not used by Headgate: ${kept.join(", ")}.`);
  return {
    ...(name.success && { name: name.data }),
    fields: { ...words, ...(authentication.password !== undefined && { password: authentication.password }) },
    ...(authentication.entra && { entra: authentication.entra }),
    entraSecrets: authentication.entraSecrets,
    asks: authentication.asks,
    notes: [...fieldNotes, ...authentication.notes, ...notes],
    document: open,
  };
}

function readFields(given: JsonObject, notes: string[]): ReturnType<typeof fieldsFromPairs> {
  const pairs: Pair[] = [];
  const put = (key: string, property: string, change = (text: string): string => text): void => {
    const value = propertyValue(given[property]);
    if (value.is === "text") pairs.push({ key, value: change(value.text) });
    if (value.is === "elsewhere") notes.push(`The file does not hold ${property}: it is ${value.where}. Enter it.`);
  };
  put("host", "server", (text) => {
    // The server may carry its port (AZ1); an IPv6 address has more than one colon.
    const [, host, port] = /^(?:tcp:)?([^:,]+)[:,]([0-9]+)$/i.exec(text.trim()) ?? [];
    if (port) pairs.push({ key: "port", value: port });
    return host ?? text.trim();
  });
  put("port", "port");
  put("database", "database");
  put("user", "username");
  put("sslmode", "sslMode", (text) => (/^[0-9]+$/.test(text) ? modeOf(Number(text)) : text));
  put("trustservercertificate", "trustServerCertificate");
  return fieldsFromPairs(pairs);
}

function modeOf(number: number): string {
  return tlsModes[number] ?? refuse("sslMode must be a number from 0 to 5.");
}

/** Version 1.0 has one connection string; its password may be in a vault. */
function readString(given: JsonObject): ReturnType<typeof fieldsFromPairs> {
  const value = propertyValue(given["connectionString"]);
  if (value.is === "absent") refuse("This linked service names no server.");
  if (value.is === "elsewhere")
    return { fields: {}, notes: [`The file does not hold the connection string: it is ${value.where}.`] };
  const parsed = parseConnectionText(value.text);
  if (parsed.status === "refused") return refuse(parsed.message);
  return { fields: parsed.fields, notes: [...parsed.notes] };
}
