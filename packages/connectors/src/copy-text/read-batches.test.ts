import fc from "fast-check";
import { expect, it } from "vitest";
import type { RowBatch, TextRow } from "../batch-writer.ts";
import { createCopyLine, readLine, valueText } from "./copy-line.ts";
import { linesOf } from "./copy-lines.ts";
import { decodeRow } from "./decode-rows.ts";
import { readBatches, type BatchSize } from "./read-batches.ts";

async function* cut(data: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < data.length; at += size) yield Buffer.from(data.subarray(at, at + size));
}

async function collect(chunks: AsyncIterable<Buffer>, size?: BatchSize): Promise<RowBatch[]> {
  const batches: RowBatch[] = [];
  const positionOf = (line: Buffer): string => String(decodeRow(line.toString())[0]);
  for await (const batch of readBatches(chunks, positionOf, size)) batches.push(batch);
  return batches;
}

/** The texts of all values, found in the bytes. */
function textsOf({ lines }: RowBatch): TextRow[] {
  const line = createCopyLine(4);
  const rows: TextRow[] = [];
  for (const piece of lines?.pieces ?? []) {
    line.bytes = piece;
    for (let at = 0; at < piece.length;) {
      at = readLine(line, at);
      rows.push([0, 1, 2, 3].map((place) => valueText(line, place)));
    }
  }
  expect(rows).toHaveLength(lines?.count ?? 0);
  return rows;
}

const odd = fc.constantFrom("", "\\N", "\\", "\\.", "\t", "\n", "\r\n", "\b\f\v", "é🎉", "a\tb\\nc", "\\\\N");
const value = fc.option(fc.oneof(odd, fc.string({ unit: "grapheme" })), { nil: null });
const version = fc.oneof(odd, fc.string({ unit: "grapheme" }));

it("loses and changes no row, wherever the data was cut and however large batches may be", async () => {
  const sizes = fc.record({ rows: fc.integer({ min: 1, max: 9 }), bytes: fc.integer({ min: 1, max: 200 }) });
  const table = fc.array(fc.tuple(value, value, value, version), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 70 }), sizes, async (rows, piece, size) => {
      const { pieces } = linesOf({ rows: rows.map((row) => row.slice(0, 3)), versions: rows.map((row) => row[3]) });
      const batches = await collect(cut(Buffer.concat(pieces), piece), size);
      expect(batches.flatMap(textsOf)).toEqual(rows);
      expect(batches.flatMap((batch) => batch.rows)).toEqual(rows.map((row) => row.slice(0, 3)));
      expect(batches.flatMap(({ versions }) => versions)).toEqual(rows.map((row) => row[3]));
      expect(batches.map(({ seq }) => seq)).toEqual([...batches.keys()]);
      expect(batches.map(({ position }) => position)).toEqual(
        batches.map(({ rows: some }) => String(some.at(-1)?.[0])),
      );
      expect(batches.every(({ rows: some }) => some.length <= size.rows)).toBe(true);
    }),
  );
});

it("makes batches of a thousand rows, the same ones each time", async () => {
  const rows = Array.from({ length: 2_500 }, (_, n): TextRow => [String(n), "a", "b"]);
  const data = Buffer.concat(linesOf({ rows, versions: [] }).pieces);
  for (const piece of [100, 65_536])
    expect((await collect(cut(data, piece))).map(({ lines }) => lines?.count)).toEqual([1_000, 1_000, 500]);
});

it("data that ends in the middle of a row is an error, never a shorter row", async () => {
  await expect(collect(cut(Buffer.from("1\tone\t7\n2\ttw"), 4))).rejects.toThrow("in the middle of a row");
});

it.each(["1\t2\t3\n", "1\t2\t3\t4\t5\n", "1\t2\t3\t4"])(
  "a row with another number of values is an error: %j",
  (data) => {
    const line = createCopyLine(4);
    line.bytes = Buffer.from(data);
    expect(() => readLine(line, 0)).toThrow("another number of values");
  },
);
