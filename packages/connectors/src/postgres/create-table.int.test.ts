import type { Stream } from "@headgate/contract";
import { createDatabase, createRole, type TestDatabase } from "@headgate/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { contextWith, targetOf } from "../testing/targets.ts";
import { describeStream } from "./catalog/describe-stream.ts";
import { createTableSql, type NewTable } from "./create-table-sql.ts";
import { createTable } from "./create-table.ts";

let source: TestDatabase;
let destination: TestDatabase;
let people: Stream;

beforeAll(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  await source.query(`create type mood as enum ('happy, -- or so');
    create table people (id bigint primary key, name varchar(40) not null, total numeric(30,10), tags text[], mood mood)`);
  const found = await describeStream(targetOf(source), { schema: "public", name: "people" }, contextWith());
  if (found.status === "failed") throw new Error(found.failure.code);
  people = found.stream;
});

function plan(name: string, change: Partial<NewTable> = {}): NewTable {
  const fields = ["id", "name", "total", "tags", "mood"].map((column) => ({ source: column, destination: column }));
  return { source: people, fields, table: { schema: "public", name }, syncKey: ["id"], ...change };
}

describe("creating a destination table", () => {
  it("takes over the source's types; what only the source knows becomes text", async () => {
    expect(createTableSql(plan("people"))).toBe(`create table "public"."people" (
  "id" bigint not null,
  "name" character varying(40) not null,
  "total" numeric(30,10),
  "tags" text[],
  -- public.mood exists only at the source
  "mood" text,
  primary key ("id")
);`);
    expect(await createTable(targetOf(destination), plan("people"), contextWith())).toEqual({
      status: "succeeded",
      created: true,
    });
    const made = await describeStream(targetOf(destination), { schema: "public", name: "people" }, contextWith());
    expect(made).toMatchObject({ stream: { uniqueKeys: [{ columns: ["id"], primary: true }] } });
  });

  it("can be repeated while the table is empty and unchanged", async () => {
    const renamed = plan("twice", {
      fields: [{ source: "id", destination: "Person Id" }],
      syncKey: ["Person Id"],
    });
    for (const created of [true, false]) {
      expect(await createTable(targetOf(destination), renamed, contextWith())).toEqual({
        status: "succeeded",
        created,
      });
    }
  });

  it.each([
    {
      name: "holds_rows",
      sql: "create table holds_rows (id bigint primary key); insert into holds_rows values (1)",
      reason: "not_empty",
    },
    { name: "other_type", sql: "create table other_type (id int primary key)", reason: "different_columns" },
    { name: "no_key", sql: "create table no_key (id bigint not null)", reason: "different_columns" },
    {
      name: "more_columns",
      sql: "create table more_columns (id bigint primary key, x int)",
      reason: "different_columns",
    },
    { name: "a_view", sql: "create view a_view as select 1::bigint as id", reason: "different_columns" },
  ])("never touches a table that is there already: $name", async ({ name, sql, reason }) => {
    await destination.query(sql);
    const fields = [{ source: "id", destination: "id" }];
    const verdict = await createTable(targetOf(destination), plan(name, { fields }), contextWith());
    expect(verdict).toMatchObject({
      status: "failed",
      failure: { code: "table_exists", facts: { table: name, reason } },
    });
  });

  it("without the right to create in the schema is a verdict", async () => {
    const role = await createRole(destination);
    const verdict = await createTable(targetOf({ ...destination, ...role }), plan("mine"), contextWith());
    expect(verdict).toMatchObject({
      failure: { stage: "schema", code: "schema_forbidden", facts: { schema: "public" } },
    });
  });
});
