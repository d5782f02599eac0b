import { createDatabase, type TestDatabase } from "@headgate/testkit";
import { escapeIdentifier } from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { flowOf, runnerOf } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { describeSchema } from "../catalog/describe-schema.ts";
import { describeStream } from "../catalog/describe-stream.ts";
import { previewStream } from "../catalog/preview-stream.ts";
import { createTable } from "../create-table.ts";

let source: TestDatabase;
let destination: TestDatabase;
beforeAll(async () => {
  source = await createDatabase();
  destination = await createDatabase();
});

describe.each([
  { name: 'Robert"); DROP TABLE students;--', id: "[B127]" },
  { name: '"', id: "[B128]" },
  { name: "''", id: "[B129]" },
  { name: "a.b", id: "[B130]" },
  { name: "MixedCase", id: "[B131]" },
  { name: "select", id: "[B132]" },
  { name: " ", id: "[B133]" },
  { name: "x".repeat(63), id: "[B134]" },
  { name: "🐘 größer", id: "[B137]" },
  { name: "a\u202eb", id: "[B138]" },
  { name: "i\u200bd", id: "[B139]" },
  { name: "tab\tand\nline", id: "[B140]" },
  { name: "back\\slash", id: "[B141]" },
  { name: "$1 {{x}} %s", id: "[B142]" },
  { name: "__proto__", id: "[B143]" },
  { name: "constructor", id: "[B143]" },
])("the name $name", ({ name, id }) => {
  const quoted = escapeIdentifier(name);
  // A second column of the same name in other letters, so that a folded name would hit the wrong one.
  const twin = name.length === 63 ? "twin" : `${name}2`;

  it(`works for schema, table and columns from the catalog to the last row ${id}`, async () => {
    const table = { schema: name, name };
    await source.query(`create schema ${quoted};
      create table ${quoted}.${quoted} (${quoted} int primary key, ${escapeIdentifier(twin)} text);
      insert into ${quoted}.${quoted} values (1, 'one'), (2, null)`);
    await destination.query(`create schema ${quoted}`);

    const schema = await describeSchema(targetOf(source), name, contextWith());
    expect(schema).toMatchObject({ streams: [{ schema: name, name, keyColumns: [name] }] });
    const described = await describeStream(targetOf(source), table, contextWith());
    if (described.status === "failed") throw new Error(described.failure.code);
    expect(described.stream.fields.map((field) => field.name)).toEqual([name, twin]);
    const preview = await previewStream(targetOf(source), table, contextWith());
    expect(preview).toMatchObject({
      preview: {
        rows: [
          ["1", "one"],
          ["2", null],
        ],
      },
    });

    const fields = [name, twin].map((column) => ({ source: column, destination: column }));
    const plan = { source: described.stream, fields, table, syncKey: [name] };
    expect(await createTable(targetOf(destination), plan, contextWith())).toEqual({
      status: "succeeded",
      created: true,
    });
    for (const mode of [{ writeMode: "upsert", syncKey: [name] }, { writeMode: "append" }] as const) {
      await destination.query(`truncate ${quoted}.${quoted}`);
      const definition = flowOf({ from: table, to: table, columns: [name, twin], ...mode });
      await runnerOf(definition, targetOf(source), targetOf(destination)).run();
      const { rows } = await destination.query(`select * from ${quoted}.${quoted} order by 1`);
      expect(rows.map((row) => Object.entries(row))).toEqual([
        [
          [name, 1],
          [twin, "one"],
        ],
        [
          [name, 2],
          [twin, null],
        ],
      ]);
    }
  });
});
