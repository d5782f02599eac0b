import type { EventMapping } from "@headgate/contract";
import { eventTime, eventToJson, messageIdSign } from "@headgate/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column, TextRow } from "../batch-writer.ts";
import { compileEvents, type EventBuilder, type EventFault } from "./build-event.ts";
import { createByteWriter, putText, written } from "../json/byte-writer.ts";
import { createCopyLine, readLine } from "../copy-text/copy-line.ts";
import { linesOf } from "../copy-text/copy-lines.ts";

const columns: readonly Column[] = [
  { name: "id", typeName: "pg_catalog.int8" },
  { name: "visitor", typeName: "pg_catalog.text" },
  { name: "city", typeName: "pg_catalog.text" },
  { name: "balance", typeName: "pg_catalog.numeric" },
  { name: "settings", typeName: "pg_catalog.jsonb" },
  { name: "at", typeName: "pg_catalog.timestamptz" },
  { name: "__proto__", typeName: "pg_catalog.text" },
];
const row: TextRow = [
  "9007199254740993",
  "v1",
  'São "Tomé"\n',
  "0.10000000000000000001",
  '{"a": 1.10}',
  "2026-01-31 08:00:00.123456+00",
  "p",
];

const identify: EventMapping = {
  type: "identify",
  userId: "id",
  traits: [
    { source: "city", key: "address.city" },
    { source: "balance", key: "balance" },
    { source: "settings", key: "address.more" },
  ],
  constants: [
    { key: "address.country", value: "PT" },
    { key: "plan", value: null },
  ],
};
const track: EventMapping = {
  type: "track",
  userId: "id",
  anonymousId: "visitor",
  event: { kind: "constant", text: 'Order "placed"' },
  timestamp: "at",
  traits: [{ source: "balance", key: "revenue" }],
  constants: [],
};

function build(mapping: EventMapping, dialect: "rudderstack" | "segment" = "rudderstack", change: TextRow = row) {
  return buildWith(compileEvents(mapping, columns, dialect), change, "m-1");
}

function buildWith(builder: EventBuilder, values: TextRow, id: string): string | EventFault {
  const line = createCopyLine(values.length + 1);
  line.bytes = Buffer.concat(linesOf({ rows: [values] }).pieces);
  readLine(line, 0);
  const out = createByteWriter(1);
  return builder(out, line, { end: (place) => putText(place, id) }) ?? written(out).toString();
}

function textOf(event: string | EventFault): string {
  if (typeof event !== "string") throw new Error(event.sentence);
  return event;
}

function read(mapping: EventMapping, dialect?: "rudderstack" | "segment", change?: TextRow): unknown {
  return JSON.parse(textOf(build(mapping, dialect, change)));
}

it("an identify of RudderStack carries its traits in the context, nested, with constants", () => {
  expect(read(identify)).toEqual({
    type: "identify",
    messageId: "m-1",
    userId: "9007199254740993",
    context: {
      library: { name: "headgate" },
      traits: {
        address: { city: 'São "Tomé"\n', more: { a: 1.1 }, country: "PT" },
        balance: 0.1,
        plan: null,
      },
    },
  });
});

it("an identify of Segment carries them beside the context", () => {
  expect(read(identify, "segment")).toMatchObject({
    traits: { address: { country: "PT" } },
    context: { library: { name: "headgate" } },
  });
});

it("a track says what happened and when, in milliseconds, with properties", () => {
  expect(read(track)).toEqual({
    type: "track",
    messageId: "m-1",
    userId: "9007199254740993",
    anonymousId: "v1",
    event: 'Order "placed"',
    timestamp: "2026-01-31T08:00:00.123Z",
    context: { library: { name: "headgate" } },
    properties: { revenue: 0.1 },
  });
});

it("numbers and json keep every digit [V25]", () => {
  const text = textOf(build(identify));
  expect(text).toContain('"balance":0.10000000000000000001');
  expect(text).toContain('"more":{"a": 1.10}');
});

it("a column called __proto__ is a value like any other [B143] [V18]", () => {
  const traits = [{ source: "__proto__", key: "proto" }];
  expect(read({ ...identify, traits, constants: [] })).toMatchObject({ context: { traits: { proto: "p" } } });
});

it("whatever a row holds, the event is JSON and says the same", () => {
  const text = fc.option(fc.string({ unit: "grapheme", maxLength: 20 }), { nil: null });
  const number = fc.option(fc.bigInt().map(String), { nil: null });
  const key = fc.constantFrom("a", "b.c", "b.d", "$where", "e[0]", "constructor", "toString.valueOf", 'q"uote', "🎉");
  const keys = fc.uniqueArray(key, { minLength: 1 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 9, maxLength: 9 }), number, keys, (values, id, names) => {
      const wide: Column[] = names.map((_, index) => ({ name: `c${index}`, typeName: "pg_catalog.text" }));
      const mapping: EventMapping = {
        type: "track",
        anonymousId: "id",
        event: { kind: "column", column: "id" },
        traits: names.map((name, index) => ({ source: `c${index}`, key: name })),
        constants: [],
      };
      const builder = compileEvents(mapping, [...wide, { name: "id", typeName: "pg_catalog.numeric" }], "segment");
      const event = buildWith(builder, [...values.slice(0, names.length), id], "m");
      const expected = id === null ? undefined : Object.fromEntries(names.map((name, index) => [name, values[index]]));
      expect(typeof event === "string" ? flat(JSON.parse(event).properties) : undefined).toEqual(expected);
    }),
  );
});

/** Nested objects as dotted names. */
function flat(value: Record<string, unknown>, prefix = ""): Record<string, unknown> {
  return Object.assign(
    Object.create(null),
    ...Object.entries(value).map(([name, item]) =>
      typeof item === "object" && item !== null
        ? flat(item as Record<string, unknown>, `${prefix}${name}.`)
        : { [`${prefix}${name}`]: item },
    ),
  );
}

describe("a row that cannot be an event", () => {
  const change = (place: number, value: string | null): TextRow => row.with(place, value);

  it.each([
    ["nobody is named", identify, change(0, null), { code: "identifier_empty", column: "id" }],
    [
      "nobody is named by an empty text",
      { ...identify, userId: "city" },
      change(2, ""),
      { code: "identifier_empty", column: "city" },
    ],
    [
      "nothing says what happened",
      { ...track, event: { kind: "column", column: "city" } },
      change(2, null),
      { code: "event_empty", column: "city" },
    ],
    ["the moment is infinity", track, change(5, "infinity"), { code: "value_unfit", column: "at" }],
    [
      "the moment is before Christ",
      track,
      change(5, "0044-03-15 12:00:00+00 BC"),
      { code: "value_unfit", column: "at" },
    ],
  ] as const)("because %s [F11 HTTP]", (_why, mapping, changed, fault) => {
    const found = build(mapping, "rudderstack", changed);
    expect(found).toMatchObject(fault);
    expect(JSON.stringify(found)).not.toMatch(/9007|infinity|BC/);
  });

  it("does not count one without a second identifier, or without a moment", () => {
    expect(read(track, "segment", change(0, null))).not.toHaveProperty("userId");
    expect(read(track, "segment", change(5, null))).not.toHaveProperty("timestamp");
  });
});

it("refuses a mapping of columns that were not read", () => {
  expect(() => build({ ...identify, userId: "gone" })).toThrow(/not among those/);
});

it.each([
  ["2026-01-31 08:00:00+00", "2026-01-31T08:00:00.000Z"],
  ["2026-01-31 08:00:00.1", "2026-01-31T08:00:00.100Z"],
  ["2026-01-31 08:00:00.999999+05:30", "2026-01-31T08:00:00.999+05:30"],
  ["2026-01-31 08:00:00-03", "2026-01-31T08:00:00.000-03:00"],
  ["12026-01-31 08:00:00+00", undefined],
  ["-infinity", undefined],
  ["2026-01-31", "2026-01-31T00:00:00.000Z"],
  ["08:00:00", undefined],
])("writes the moment %s as %s [B191]", (text, expected) => {
  expect(eventTime(text)).toBe(expected);
});

it("what a person is shown of an event before a run is what is sent, whatever the row holds", () => {
  const value = fc.option(fc.string({ unit: "grapheme", maxLength: 12 }), { nil: null });
  const number = fc.option(fc.bigInt().map(String), { nil: null });
  const moments = fc.constantFrom(null, "2026-01-31 08:00:00.5+05:30", "2026-01-31 08:00:00+00", "infinity");
  const mappings = fc.constantFrom(identify, track, { ...track, event: { kind: "column" as const, column: "city" } });
  const dialects = fc.constantFrom("rudderstack" as const, "segment" as const);
  fc.assert(
    fc.property(mappings, dialects, number, value, value, moments, (mapping, dialect, id, visitor, city, at) => {
      const values = [id, visitor, city, id, '{"a": 1.10}', at, null];
      const shown = eventToJson(mapping, columns, values, dialect);
      const sent = build(mapping, dialect, values);
      const isSent = typeof sent === "string";
      expect(shown.fault === undefined).toBe(isSent);
      const event: unknown = isSent ? JSON.parse(shown.text.replace(messageIdSign, "m-1")) : undefined;
      expect(event).toEqual(isSent ? JSON.parse(sent) : undefined);
    }),
  );
});
