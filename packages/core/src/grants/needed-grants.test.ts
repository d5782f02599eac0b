import { describe, expect, test } from "vitest";
import { neededGrants, type GrantFacts, type GrantQuestion } from "./needed-grants.ts";

const table = { schema: "sales", name: "orders" };
const facts: GrantFacts = {
  database: "shop",
  user: "reader",
  owners: ["app"],
  tableExists: true,
  sequences: [],
  state: "nothing",
};
const sql = (question: GrantQuestion, change: Partial<GrantFacts> = {}) =>
  neededGrants(question, { ...facts, ...change }).map((line) => line.sql);

describe("the grants a login needs", () => {
  test("to read a table are three, and one for tables still to come", () => {
    expect(sql({ role: "source", table })).toEqual([
      'GRANT CONNECT ON DATABASE "shop" TO "reader";',
      'GRANT USAGE ON SCHEMA "sales" TO "reader";',
      'GRANT SELECT ON TABLE "sales"."orders" TO "reader";',
      'ALTER DEFAULT PRIVILEGES FOR ROLE "app" IN SCHEMA "sales" GRANT SELECT ON TABLES TO "reader";',
    ]);
  });

  test("to read some columns name these columns and nothing else", () => {
    expect(sql({ role: "source", table, columns: ["id", 'a"b'] }).slice(2)).toEqual([
      'GRANT SELECT ("id", "a""b") ON TABLE "sales"."orders" TO "reader";',
    ]);
  });

  test("to read a schema cover its tables, and later ones of each owner", () => {
    const lines = sql({ role: "source", table: { schema: "sales" } }, { owners: ["app", "dbt"] });
    expect(lines.slice(1)).toEqual([
      'GRANT USAGE ON SCHEMA "sales" TO "reader";',
      'GRANT SELECT ON ALL TABLES IN SCHEMA "sales" TO "reader";',
      'ALTER DEFAULT PRIVILEGES FOR ROLE "app" IN SCHEMA "sales" GRANT SELECT ON TABLES TO "reader";',
      'ALTER DEFAULT PRIVILEGES FOR ROLE "dbt" IN SCHEMA "sales" GRANT SELECT ON TABLES TO "reader";',
    ]);
  });

  test("to update leave the key alone", () => {
    const question = { role: "destination", table, writeMode: "upsert", syncKey: ["id"] } as const;
    expect(sql({ ...question, columns: ["id", "note"] })).toContain(
      'GRANT UPDATE ("note") ON TABLE "sales"."orders" TO "reader";',
    );
    expect(sql({ ...question, columns: ["id"] }).join()).not.toContain("UPDATE (");
  });

  test.each([
    ["append", ["insert"]],
    ["insert_missing", ["insert"]],
    ["update", ["update"]],
    ["upsert", ["insert", "update"]],
    ["mirror", ["insert", "update", "delete"]],
    ["replace", ["insert", "delete"]],
  ] as const)("to write as %s are %j beside those of every mode", (writeMode, writes) => {
    const lines = neededGrants({ role: "destination", table, writeMode }, facts);
    expect(lines.map(({ id }) => id)).toEqual([
      "connect",
      "usage",
      "temporary",
      "select",
      ...writes,
      "future",
      "state",
    ]);
    const privileges = ["SELECT", ...writes.map((id) => id.toUpperCase())].join(", ");
    expect(lines.find(({ id }) => id === "future")?.sql).toContain(`GRANT ${privileges} ON TABLES`);
  });

  test("cover Headgate's own schema as it is found there", () => {
    const state = (found: GrantFacts["state"]) =>
      neededGrants({ role: "destination", table }, { ...facts, state: found })
        .filter(({ id }) => id.startsWith("state"))
        .map((line) => line.sql);
    expect(state("nothing")).toEqual([
      'CREATE SCHEMA IF NOT EXISTS "headgate"; GRANT USAGE, CREATE ON SCHEMA "headgate" TO "reader";',
    ]);
    expect(state("schema")).toEqual(['GRANT USAGE, CREATE ON SCHEMA "headgate" TO "reader";']);
    expect(state("table")).toEqual([
      'GRANT USAGE ON SCHEMA "headgate" TO "reader";',
      'GRANT SELECT, INSERT, UPDATE ON TABLE "headgate"."flow_state" TO "reader";',
    ]);
  });

  test("to mirror make a list of keys in Headgate's own schema, also where its table is there", () => {
    const lines = sql({ role: "destination", table, writeMode: "mirror" }, { state: "table" });
    expect(lines).toContain('GRANT USAGE, CREATE ON SCHEMA "headgate" TO "reader";');
  });

  test("to create a table are about its schema", () => {
    const lines = sql({ role: "destination", table }, { tableExists: false, owners: [] });
    expect(lines).toContain('GRANT CREATE ON SCHEMA "sales" TO "reader";');
    expect(lines.join()).not.toContain("INSERT");
  });

  test("quote every name, whatever it holds", () => {
    const lines = sql({ role: "source", table: { schema: 'a"; drop', name: "--" } }, { user: 'x"; y', owners: ['o"'] });
    expect(lines).toContain('GRANT SELECT ON TABLE "a""; drop"."--" TO "x""; y";');
    expect(lines.join()).toContain('FOR ROLE "o"""');
    expect(() => sql({ role: "source", table: { schema: "", name: "x" } })).toThrow("not a PostgreSQL name");
  });
});
