import { csvOptionsSchema } from "@headgate/contract";
import { createDatabase } from "@headgate/testkit";
import { text as readText } from "node:stream/consumers";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from, to } from "pg-copy-streams";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Column, TextRow } from "../batch-writer.ts";
import { readyCopyOptions } from "./copy-options.ts";
import { createCsvEncoder } from "./csv-encoder.ts";
import { createJsonlEncoder } from "./jsonl-encoder.ts";

let client: Client;

beforeAll(async () => {
  const database = await createDatabase();
  client = new Client({ ...database, ssl: false, types: { getTypeParser: () => String } });
  await client.connect();
  await client.query(
    `create table odd (id int primary key, words text, amount numeric, at timestamptz, settings json, tags text[])`,
  );
  await client.query(`set timezone to 'UTC'`);
  await client.query(`insert into odd values
    (1, null, null, null, null, null),
    (2, '', 0, '2026-01-31 08:00:00.123456+00', '{}', '{}'),
    (3, E'a,b"c\\nd\\r\\ne', 'NaN', 'infinity', E'{"a": 1.10,\\n "a":2}', '{"x y",NULL,"\\""}'),
    (4, E'\\\\.', 1e30, '0044-03-15 12:00:00+00 BC', '[1, 2]', array['é','🎉']),
    (5, ' spaces ', -0.00000000000000000001, '1970-01-01', '"x"', null)`);
});
afterAll(async () => {
  await client.end();
});

const columns: readonly Column[] = Object.entries({
  id: "int4",
  words: "text",
  amount: "numeric",
  at: "timestamptz",
  settings: "json",
  tags: "_text",
}).map(([name, type]) => ({ name, typeName: `pg_catalog.${type}` }));
const fields = columns.map(({ name }) => ({ source: name, destination: name }));

async function rows(): Promise<TextRow[]> {
  const found = await client.query<(string | null)[]>({ text: "select * from odd order by id", rowMode: "array" });
  return found.rows;
}

describe("CSV", () => {
  it("is byte for byte what PostgreSQL's own COPY writes", async () => {
    const options = csvOptionsSchema.parse({ lineEnd: "lf" });
    const encoder = createCsvEncoder(options, fields, columns);
    const ours = Buffer.concat([encoder.begin(), encoder.encode({ rows: await rows() }).bytes]).toString();
    const theirs = await readText(
      client.query(to("copy (select * from odd order by id) to stdout (format csv, header)")),
    );
    expect(ours).toBe(theirs);
  });

  it.each([",", ";", "\t", "|"] as const)(
    "can be left to the source with the delimiter %j, byte for byte",
    async (delimiter) => {
      const csv = csvOptionsSchema.parse({ lineEnd: "lf", header: false, delimiter });
      const encoder = createCsvEncoder(csv, fields, columns);
      const options = readyCopyOptions({ format: "csv", csv });
      const theirs = await readText(client.query(to(`copy (select * from odd order by id) to stdout (${options})`)));
      expect(Buffer.from(encoder.encode({ rows: await rows() }).bytes).toString()).toBe(theirs);
    },
  );

  it("cannot be left to the source where its bytes would differ", () => {
    for (const chosen of [
      { lineEnd: "crlf" },
      { lineEnd: "lf", guardFormulas: true },
      { lineEnd: "lf", nullText: "NULL" },
    ])
      expect(readyCopyOptions({ format: "csv", csv: csvOptionsSchema.parse(chosen) })).toBeUndefined();
  });

  it.each([{ lineEnd: "crlf" }, { lineEnd: "lf", delimiter: ";", nullText: "NULL" }] as const)(
    "is read back by PostgreSQL to the same values with %j",
    async (chosen) => {
      const options = csvOptionsSchema.parse(chosen);
      const encoder = createCsvEncoder(options, fields, columns);
      const bytes = Buffer.concat([encoder.begin(), encoder.encode({ rows: await rows() }).bytes]);
      await client.query("create temp table back (like odd)");
      const copy = `copy back from stdin (format csv, header, delimiter '${options.delimiter}', null '${options.nullText}')`;
      await pipeline(Readable.from([bytes]), client.query(from(copy)));
      const same = await client.query<{ lost: string }>(`select count(*) as lost from
        ((select odd::text from odd except all select back::text from back) union all
         (select back::text from back except all select odd::text from odd)) as differences`);
      await client.query("drop table back");
      expect(same.rows[0]?.lost).toBe("0");
    },
  );
});

it("JSON Lines hold one object a line, the same values as PostgreSQL's own JSON", async () => {
  const encoder = createJsonlEncoder(fields, columns);
  const lines = Buffer.from(encoder.encode({ rows: await rows() }).bytes)
    .toString()
    .trimEnd()
    .split("\n");
  expect(lines).toHaveLength(5);
  const { rows: theirs } = await client.query<{ json: string }>(
    "select row_to_json(o)::text as json from (select id, words, amount, settings, tags from odd order by id) o",
  );
  for (const [index, line] of lines.entries()) {
    const { at, ...ours } = JSON.parse(line) as Record<string, unknown>;
    expect(ours).toEqual(JSON.parse(theirs[index]?.json ?? ""));
    expect(at === null || typeof at === "string").toBe(true);
  }
  expect(lines[3]).toContain('"amount":1000000000000000000000000000000');
  expect(lines[4]).toContain('"amount":-0.00000000000000000001');
});
