import { parseConnectionText, type ConnectionTextStyle } from "../connection-text/parse-connection-text.ts";
import { Refusal, refuse } from "../connection-text/refusal.ts";
import { parseStrictJson, type JsonFault } from "../json/strict-json.ts";
import { readBaseConnection } from "./adobe/base-connection.ts";
import { readLinkedService } from "./azure-data-factory/read-linked-service.ts";
import { isObject, objectAt, shownWord, type Imported } from "./imported.ts";

export type PastedStyle = ConnectionTextStyle | "adf_linked_service" | "adobe_connection";

export type Pasted =
  | ({ readonly status: "parsed"; readonly style: PastedStyle } & Omit<Imported, "document"> & {
        readonly document?: Imported["document"];
      })
  | { readonly status: "refused"; readonly message: string };

const mostCharacters = 1_000_000;

/**
 * Takes anything a person was given apart into form fields: a connection string of any style, an Azure Data Factory
 * linked service or an Adobe base connection. Never throws, and no message repeats a value.
 */
export function readPasted(text: string): Pasted {
  if (!/^\s*[[{]/.test(text)) {
    const parsed = parseConnectionText(text);
    return parsed.status === "refused" ? parsed : { ...parsed, entraSecrets: {}, asks: [] };
  }
  try {
    return readDocument(text);
  } catch (error) {
    if (error instanceof Refusal) return { status: "refused", message: error.message };
    throw error;
  }
}

function readDocument(text: string): Pasted {
  if (text.length > mostCharacters) refuse("The file is too long for the description of one connection.");
  const json = parseStrictJson(text);
  if (!json.ok) return refuse(faults[json.fault.kind](shownWord(json.fault.path)));
  const { value } = json;
  if (!isObject(value)) return refuse("This file holds a list. Paste the description of one connection.");
  if ("properties" in value) return { status: "parsed", style: "adf_linked_service", ...readLinkedService(value) };
  // The part that Azure's own editor shows when only the properties are copied.
  if ("typeProperties" in value)
    return { status: "parsed", style: "adf_linked_service", ...readLinkedService({ properties: value }) };
  if ("auth" in value && "params" in objectAt(value, "auth"))
    return { status: "parsed", style: "adobe_connection", ...readBaseConnection(value) };
  return refuse("This file is neither an Azure Data Factory linked service nor an Adobe base connection.");
}

const faults: Readonly<Record<JsonFault["kind"], (path: string) => string>> = {
  syntax: () => "This looks like a JSON file but is not a whole one. Copy it again from the first to the last brace.",
  "too deep": () => "This file is nested too deeply for the description of a connection.",
  "repeated key": (path) => `The file gives ${path} twice. Keep one.`,
  "forbidden key": () => "The file has a field named __proto__, which no connection has.",
  NUL: () => "The file contains an invisible NUL character. Copy it again.",
  "half a character": () => "The file contains half a character. Copy it again.",
};
