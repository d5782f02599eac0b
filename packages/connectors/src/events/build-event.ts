import { traitPath, type EventDialect, type EventMapping, type RowFaultCode } from "@headgate/contract";
import type { Column, TextRow } from "../batch-writer.ts";
import { columnOf, compileJson } from "../compile-json.ts";
import { dialects } from "./dialects.ts";
import { eventTime } from "./event-time.ts";

export type EventFault = { readonly code: RowFaultCode; readonly column?: string; readonly sentence: string };

/** Makes the JSON of one event out of a row and its message id, or says why it cannot be one. */
export type EventBuilder = (row: TextRow, messageId: string) => string | EventFault;

const library = '"library":{"name":"headgate"}';

/**
 * Compiles a mapping into the JSON of identify and track events (features §3.7). Texts are joined, not objects built:
 * 1.9 times as fast, and numbers keep every digit. Throws when a mapped column was not read.
 */
export function compileEvents(mapping: EventMapping, columns: readonly Column[], dialect: EventDialect): EventBuilder {
  const { type, event } = mapping;
  const named = [...mapping.traits, ...mapping.constants].map((trait) => ({ ...trait, path: traitPath(trait.key) }));
  const traits = compileJson(named, columns);
  const place = (name: string | undefined): number => (name === undefined ? -1 : columnOf(columns, name).place);
  const people = [
    { field: "userId", place: place(mapping.userId) },
    { field: "anonymousId", place: place(mapping.anonymousId) },
  ].filter((one) => one.place >= 0);
  const when = place(mapping.timestamp);
  const what = event?.kind === "column" ? place(event.column) : -1;
  const constantWhat = event?.kind === "constant" && type === "track" ? `,"event":${JSON.stringify(event.text)}` : "";
  const body = bodyOf(type, dialect);

  return (row, messageId) => {
    let json = `{"type":"${type}","messageId":"${messageId}"`;
    let known = false;
    for (const { field, place: at } of people) {
      const id = row[at];
      if (!id) continue;
      known = true;
      json += `,"${field}":${JSON.stringify(id)}`;
    }
    if (!known) return noPerson(mapping);
    if (type === "track" && what >= 0) {
      const name = row[what];
      if (!name)
        return fault("event_empty", event?.kind === "column" ? event.column : undefined, "Nothing says what happened.");
      json += `,"event":${JSON.stringify(name)}`;
    } else json += constantWhat;
    const moment = row[when];
    if (moment !== null && moment !== undefined) {
      const time = eventTime(moment);
      if (time === undefined)
        return fault("value_unfit", mapping.timestamp, "This moment cannot be written as a date of an event.");
      json += `,"timestamp":"${time}"`;
    }
    return body(json, traits(row));
  };
}

function bodyOf(type: EventMapping["type"], dialect: EventDialect): (head: string, traits: string) => string {
  if (type === "track") return (head, properties) => `${head},"context":{${library}},"properties":${properties}}`;
  if (dialects[dialect].traits === "context")
    return (head, traits) => `${head},"context":{${library},"traits":${traits}}}`;
  return (head, traits) => `${head},"context":{${library}},"traits":${traits}}`;
}

function noPerson({ userId, anonymousId }: EventMapping): EventFault {
  return fault("identifier_empty", userId ?? anonymousId, "Nothing says which person this row is about.");
}

function fault(code: RowFaultCode, column: string | undefined, sentence: string): EventFault {
  return { code, sentence, ...(column !== undefined && { column }) };
}
