import type { StreamSummary } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { findTables, firstSchema, parseTableName, searchable } from "./table-search.ts";

function table(schema: string, name: string, more: Partial<StreamSummary> = {}): StreamSummary {
  return { schema, name, kind: "table", rowEstimate: 10, comment: null, readable: true, ...more };
}

const tables = searchable(
  [
    table("public", "orders"),
    table("public", "order"),
    table("sales", "reorders"),
    table("public", "customers", { comment: "People who placed an order" }),
    table("public", "audit", { readable: false }),
  ],
  [],
);
const names = (words: string, schema: string | null = "public") =>
  findTables(tables, words, schema).map((item) => item.name);

describe("table search", () => {
  it("shows one schema until something is typed, unreadable tables last [RS-06]", () => {
    expect(names("")).toEqual(["customers", "order", "orders", "audit"]);
  });

  it("looks in every schema and in comments, best name first", () => {
    expect(names("ORDER")).toEqual(["order", "orders", "reorders", "customers"]);
  });

  it("wants all words", () => {
    expect(names("order sales")).toEqual(["reorders"]);
    expect(names("order nothing")).toEqual([]);
  });

  it("filters 10,000 tables within a frame's time", () => {
    const many = searchable(
      Array.from({ length: 10_000 }, (_, index) => table(`s${index % 20}`, `table_${index}`)),
      [],
    );
    const times = Array.from({ length: 20 }, () => {
      const start = performance.now();
      expect(findTables(many, "table_99", null).length).toBe(111);
      return performance.now() - start;
    });
    // The quickest: the others may have been interrupted by whatever else this machine does.
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it("opens public, or the fullest schema where public is empty", () => {
    expect(
      firstSchema([
        { name: "a", tableCount: 9 },
        { name: "public", tableCount: 1 },
      ]),
    ).toBe("public");
    expect(
      firstSchema([
        { name: "public", tableCount: 0 },
        { name: "b", tableCount: 2 },
      ]),
    ).toBe("b");
    expect(firstSchema([])).toBeNull();
  });

  it.each([
    ["orders", { schema: "public", name: "orders" }],
    ["sales.Orders", { schema: "sales", name: "Orders" }],
    [`"my.schema"."a ""b"""`, { schema: "my.schema", name: `a "b"` }],
    [" sales.order items ", { schema: "sales", name: "order items" }],
  ])("reads the typed name %s", (text, expected) => expect(parseTableName(text)).toEqual(expected));

  it.each(["", ".", "a.b.c", `"open`])("does not guess at %j", (text) => expect(parseTableName(text)).toBeUndefined());
});
