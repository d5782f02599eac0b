import type { Stream } from "@headgate/contract";
import { proposeEvents, traitKeyFor, type TypedEvents } from "@headgate/core";
import { mappedFields, mappingRows, type MappingRow } from "../mapping-rows.ts";

export const constantKinds = ["text", "number", "yes_no"] as const;
export type ConstantKind = (typeof constantKinds)[number];

export type ConstantRow = { key: string; kind: ConstantKind; text: string };

/** A mapping to events as people see it: blanks in place of what is not chosen, a row for every column. */
export type EventsMappingForm = {
  events: {
    type: "identify" | "track";
    userId: string;
    anonymousId: string;
    eventFrom: "constant" | "column";
    eventText: string;
    eventColumn: string;
    timestamp: string;
    constants: ConstantRow[];
  };
  /** The keys stand where columns have their names on arrival. */
  rows: readonly MappingRow[];
};

export function eventsDefaults(typed: TypedEvents | undefined, source: Stream): EventsMappingForm {
  const { type, userId, anonymousId, event, timestamp, traits, constants }: TypedEvents =
    typed ?? proposeEvents(source);
  const fields = (traits ?? []).map((trait) => ({ source: trait.source, destination: trait.key }));
  return {
    events: {
      type: type ?? "identify",
      userId: userId ?? "",
      anonymousId: anonymousId ?? "",
      eventFrom: event?.kind ?? "constant",
      eventText: event?.kind === "constant" ? event.text : "",
      eventColumn: event?.kind === "column" ? event.column : "",
      timestamp: timestamp ?? "",
      constants: (constants ?? []).map(constantRow),
    },
    rows: mappingRows(source, fields).map((row) => (row.send ? row : { ...row, destination: traitKeyFor(row.source) })),
  };
}

/** The form as the draft keeps it; a blank is absent. */
export function typedEvents({ events, rows }: EventsMappingForm): TypedEvents {
  const { type, userId, anonymousId, timestamp, constants } = events;
  const event = type === "track" ? eventOf(events) : undefined;
  return {
    type,
    ...(userId !== "" && { userId }),
    ...(anonymousId !== "" && { anonymousId }),
    ...(event && { event }),
    ...(timestamp !== "" && { timestamp }),
    traits: mappedFields(rows).map((field) => ({ source: field.source, key: field.destination })),
    constants: constants.map(({ key, kind, text }) => ({ key, value: constantValue(kind, text) })),
  };
}

function eventOf({ eventFrom, eventText, eventColumn }: EventsMappingForm["events"]): TypedEvents["event"] {
  if (eventFrom === "column") return eventColumn === "" ? undefined : { kind: "column", column: eventColumn };
  return eventText.trim() === "" ? undefined : { kind: "constant", text: eventText };
}

const number = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** Whether a constant's text is a value of its kind. */
export function isConstant(kind: ConstantKind, text: string): boolean {
  return kind !== "number" || number.test(text.trim());
}

function constantValue(kind: ConstantKind, text: string): string | number | boolean {
  if (kind === "yes_no") return text === "true";
  return kind === "number" && isConstant(kind, text) ? Number(text) : text;
}

function constantRow({ key, value }: { key: string; value: string | number | boolean | null }): ConstantRow {
  if (typeof value === "number") return { key, kind: "number", text: String(value) };
  if (typeof value === "boolean") return { key, kind: "yes_no", text: String(value) };
  return { key, kind: "text", text: value ?? "" };
}
