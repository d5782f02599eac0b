import { createDatabase } from "@headgate/testkit";
import fc from "fast-check";
import { Client } from "pg";
import { to } from "pg-copy-streams";
import { expect, it } from "vitest";
import type { TextRow } from "../batch-writer.ts";
import { decodeRows } from "./decode-rows.ts";

async function* cut(data: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

async function collect(chunks: AsyncIterable<Buffer>): Promise<TextRow[]> {
  const rows: TextRow[] = [];
  for await (const some of decodeRows(chunks)) rows.push(...some);
  return rows;
}

it("reads what PostgreSQL writes to the same values, wherever the data was cut", async () => {
  const database = await createDatabase();
  const client = new Client({ ...database, ssl: false });
  await client.connect();
  const odd = fc.constantFrom("", "\\N", "\\", "\\.", "\t", "\n", "\r\n", "\b\f\v", "é🎉", "a\tb\\nc", "\\\\N");
  const value = fc.option(fc.oneof(odd, fc.string({ unit: "grapheme" })), { nil: null });
  const table = fc.array(fc.tuple(value, value, value), { maxLength: 12 });
  try {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 50 }), async (rows, size) => {
        await client.query("create temp table odd (n int, a text, b text, c text)");
        for (const [n, row] of rows.entries())
          await client.query("insert into odd values ($1, $2, $3, $4)", [n, ...row]);
        const data: Buffer[] = [];
        for await (const chunk of client.query(to("copy (select a, b, c from odd order by n) to stdout")))
          data.push(chunk as Buffer);
        await client.query("drop table odd");
        expect(await collect(cut(Buffer.concat(data), size))).toEqual(rows);
      }),
      { numRuns: 50 },
    );
  } finally {
    await client.end();
  }
});

it("data that ends in the middle of a row is an error, never a shorter row", async () => {
  await expect(collect(cut(Buffer.from("1\tone\n2\ttw"), 4))).rejects.toThrow("in the middle of a row");
});
