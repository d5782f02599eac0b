import { describe, expect, it } from "vitest";
import { eventToJson } from "./event-to-json.ts";
import type { TypedEvents } from "./judge-events.ts";

const columns = [
  { name: "id", typeName: "pg_catalog.int8" },
  { name: "city", typeName: "pg_catalog.text" },
  { name: "settings", typeName: "pg_catalog.jsonb" },
  { name: "at", typeName: "pg_catalog.timestamptz" },
];
const row = ["9007199254740993", "Oslo", '{"a": 1.10}', "2026-01-31 08:00:00.123456+00"];

const identify: TypedEvents = {
  type: "identify",
  userId: "id",
  traits: [
    { source: "city", key: "address.city" },
    { source: "settings", key: "address.more" },
    { source: "id", key: "number" },
  ],
  constants: [{ key: "plan", value: "free" }],
};

it("shows an identify of RudderStack, dots nested, every digit there [RS-12] [RS-21]", () => {
  const { text, traitsAt, fault } = eventToJson(identify, columns, row, "rudderstack");
  expect(text).toBe(`{
  "type": "identify",
  "messageId": "…",
  "userId": "9007199254740993",
  "context": {
    "library": {
      "name": "headgate"
    },
    "traits": {
      "address": {
        "city": "Oslo",
        "more": {"a": 1.10}
      },
      "number": 9007199254740993,
      "plan": "free"
    }
  }
}`);
  expect(traitsAt).toEqual(["context", "traits"]);
  expect(fault).toBeUndefined();
});

it("shows an identify of Segment with the traits on top", () => {
  expect(JSON.parse(eventToJson(identify, columns, row, "segment").text)).toMatchObject({
    context: { library: { name: "headgate" } },
    traits: { plan: "free", address: { city: "Oslo" } },
  });
});

it("shows a track with its event from a column and its moment [RS-19]", () => {
  const track: TypedEvents = {
    type: "track",
    userId: "id",
    event: { kind: "column", column: "city" },
    timestamp: "at",
    traits: [{ source: "city", key: "to" }],
  };
  expect(JSON.parse(eventToJson(track, columns, row, "rudderstack").text)).toEqual({
    type: "track",
    messageId: "…",
    userId: "9007199254740993",
    event: "Oslo",
    timestamp: "2026-01-31T08:00:00.123Z",
    context: { library: { name: "headgate" } },
    properties: { to: "Oslo" },
  });
});

describe("a row that would be set aside", () => {
  it.each([
    ["nobody is named", identify, [null, "Oslo", "{}", null], /no value in id/],
    [
      "nothing says what happened",
      { type: "track", userId: "id", event: { kind: "column", column: "city" } },
      ["1", "", "{}", null],
      /no value in city/,
    ],
    ["the moment is none", { ...identify, timestamp: "at" }, ["1", "x", "{}", "infinity"], /moment in at/],
  ] as const)("says that %s", (_why, events, values, sentence) => {
    expect(eventToJson(events as TypedEvents, columns, values, "segment").fault).toMatch(sentence);
  });
});

it("stays JSON while the mapping is not finished: of keys in each other's way the first is shown", () => {
  const traits = [
    { source: "city", key: "a" },
    { source: "city", key: "a.b" },
    { source: "gone", key: "c" },
    { source: "id", key: "__proto__" },
  ];
  const { text } = eventToJson({ traits }, columns, row, "segment");
  expect(text).toContain('"__proto__": 9007199254740993');
  expect(JSON.parse(text)).toMatchObject({ traits: { a: "Oslo" } });
  expect(JSON.parse(eventToJson({}, columns, row, "rudderstack").text)).toMatchObject({ context: { traits: {} } });
});
