import type { Field, Stream } from "@headgate/contract";
import { describe, expect, test } from "vitest";
import { judgeMapping } from "./judge-mapping.ts";
import { proposeMapping } from "./propose-mapping.ts";

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  position: 1,
  type: "text",
  typeName: "pg_catalog.text",
  builtIn: true,
  nullable: true,
  hasDefault: false,
  generated: false,
  identity: null,
  comment: null,
  readable: true,
  ...more,
});
const int = { type: "integer", typeName: "pg_catalog.int4" };
const stream = (name: string, fields: Field[], keys: string[][] = []): Stream => ({
  schema: "public",
  name,
  kind: "table",
  rowEstimate: null,
  comment: null,
  readable: true,
  bytes: null,
  fields,
  uniqueKeys: keys.map((columns) => ({ name: columns.join("_"), columns, primary: false, nullable: false })),
  may: { select: true, insert: true, update: true, delete: true },
  rowSecurity: false,
});
const pairs = (mapping: { source: string; destination: string }[]): string[] =>
  mapping.map(({ source, destination }) => `${source}>${destination}`);

describe("a proposed mapping", () => {
  test("pairs names whatever their case and underscores, and prefers the exact one", () => {
    const source = stream("a", [field("customer_id"), field("Name"), field("name"), field("extra")]);
    const destination = stream("b", [field("CustomerID"), field("name"), field("NAME"), field("other")]);
    expect(pairs(proposeMapping(source, destination))).toEqual(["customer_id>CustomerID", "Name>NAME", "name>name"]);
  });

  test("leaves out what the database fills by itself and what may not be read", () => {
    const source = stream("a", [field("id"), field("total"), field("secret", { readable: false }), field("n")]);
    const destination = stream("b", [
      field("id", { identity: "always" }),
      field("total", { generated: true }),
      field("secret"),
      field("n", { identity: "by_default" }),
    ]);
    expect(pairs(proposeMapping(source, destination))).toEqual(["n>n"]);
  });

  test("keeps every readable column for a table still to be created", () => {
    const source = stream("a", [field("id"), field("sum", { generated: true }), field("secret", { readable: false })]);
    expect(pairs(proposeMapping(source, null))).toEqual(["id>id", "sum>sum"]);
  });

  test("works with names that objects are made of [B143]", () => {
    const odd = [field("__proto__"), field("constructor"), field("toString")];
    expect(pairs(proposeMapping(stream("a", odd), stream("b", odd)))).toEqual([
      "__proto__>__proto__",
      "constructor>constructor",
      "toString>toString",
    ]);
  });
});

describe("a judged mapping", () => {
  const source = stream("orders", [
    field("id", { ...int, nullable: false }),
    field("note"),
    field("hidden", { readable: false }),
  ]);
  const target = stream(
    "archive",
    [
      field("id", { ...int, nullable: false }),
      field("note", { type: "uuid", typeName: "pg_catalog.uuid" }),
      field("must", { nullable: false }),
      field("counted", { nullable: false, identity: "by_default" }),
      field("filled", { nullable: false, hasDefault: true }),
      field("computed", { nullable: false, generated: true, hasDefault: true }),
      field("numbered", { nullable: false, identity: "always" }),
    ],
    [["id"]],
  );
  const judge = (fields: [string, string][], syncKey: string[] = []): string[] =>
    judgeMapping(
      fields.map(([from, to]) => ({ source: from, destination: to })),
      source,
      target,
      syncKey,
    ).map(({ field: index, severity, code }) => `${index ?? "-"} ${severity} ${code}`);

  test("without a fault has none", () => {
    expect(
      judge(
        [
          ["id", "id"],
          ["id", "must"],
        ],
        ["id"],
      ),
    ).toEqual([]);
  });

  test("names columns that must have a value and get none, but not those the database fills", () => {
    expect(judge([["id", "id"]])).toEqual(["- error required_unmapped"]);
  });

  test.each<[string, [string, string], string]>([
    ["a column that is gone at the source", ["gone", "must"], "0 error source_missing"],
    ["a column that may not be read", ["hidden", "must"], "0 error source_unreadable"],
    ["a column the destination lacks", ["id", "lacking"], "0 error destination_missing"],
    ["a computed column", ["id", "computed"], "0 error destination_generated"],
    ["a column the database numbers", ["id", "numbered"], "0 error destination_identity"],
    ["a value that may not read as the type", ["note", "note"], "0 warning type_may_fail"],
    ["a value that never does", ["id", "note"], "0 error type_never"],
    ["an empty value where one is needed", ["note", "must"], "0 warning empty_may_fail"],
    ["a name PostgreSQL would cut [B135]", ["id", "x".repeat(64)], "0 error name_refused"],
  ])("names %s", (_, mapping, fault) => {
    expect(judge([mapping, ["id", "must"]])).toContain(fault);
  });

  test("names a destination that is used twice, and a sync key that is left out or not unique", () => {
    expect(
      judge([
        ["id", "id"],
        ["id", "id"],
        ["id", "must"],
      ]),
    ).toEqual(["1 error destination_repeated"]);
    expect(judge([["id", "must"]], ["id"])).toEqual(["- error key_unmapped"]);
    expect(
      judge(
        [
          ["id", "id"],
          ["id", "must"],
        ],
        ["must"],
      ),
    ).toEqual(["- error key_not_unique"]);
  });
});
