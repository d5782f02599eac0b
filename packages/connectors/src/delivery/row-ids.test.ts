import { expect, it } from "vitest";
import type { RowBatch, TextRow } from "../batch-writer.ts";
import { columns } from "../testing/batches.ts";
import { createCopyLine, readLine } from "../copy-text/copy-line.ts";
import { linesOf } from "../copy-text/copy-lines.ts";
import { createByteWriter, putText, written } from "../json/byte-writer.ts";
import { createRowNames } from "./row-ids.ts";
import { createUuidMaker } from "./uuid.ts";

const flow = "5c1d2a46-7f4e-4f0a-9e43-5d9c55d4a4a1";

function batch(rows: readonly TextRow[], versions: readonly string[] = rows.map(() => "7"), seq = 0): RowBatch {
  return { seq, rows, versions, position: "end" };
}

/** The ids of a batch's rows. */
function ids(one: RowBatch, key: readonly string[]): string[] {
  const names = createRowNames(columns, key).namesIn(one);
  const maker = createUuidMaker(flow);
  const line = createCopyLine(columns.length + 1);
  line.bytes = Buffer.concat(linesOf(one).pieces);
  let at = 0;
  return one.rows.map(() => {
    at = readLine(line, at);
    names.put(maker.begin(), line);
    const out = createByteWriter(1);
    maker.end(out);
    return written(out).toString();
  });
}

function uuidV5(namespace: string, name: string): string {
  const maker = createUuidMaker(namespace);
  const out = createByteWriter(1);
  putText(maker.begin(), name);
  maker.end(out);
  return written(out).toString();
}

it("makes the ids that RFC 9562 and Python's uuid5 make", () => {
  expect(uuidV5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com")).toBe(
    "2ed6657d-e927-568b-95e1-2665a8aea6a2",
  );
  expect(uuidV5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "python.org")).toBe("886313e1-3b8a-5372-9b90-0c9aee199e5d");
});

it("a row version has the same id in every attempt, wherever it stands; another version or flow has another", () => {
  const [first] = ids(batch([["1", "Ann"]], ["7"]), ["id"]);
  expect(
    ids(
      batch(
        [
          ["2", "Bo"],
          ["1", "Ann"],
        ],
        ["3", "7"],
        5,
      ),
      ["id"],
    )[1],
  ).toBe(first);
  expect(ids(batch([["1", "Ann"]], ["8"]), ["id"])[0]).not.toBe(first);
  expect(uuidV5("00000000-0000-4000-8000-000000000000", '["1"]|7')).not.toBe(first);
});

it("a value that changes and changes back is three events, not two [F10 HTTP]", () => {
  const versions = ["7", "8", "9"].map(
    (version, index) => ids(batch([["1", index === 1 ? "B" : "A"]], [version]), ["id"])[0],
  );
  expect(new Set(versions).size).toBe(3);
});

it("keys of several columns cannot be mistaken for one another", () => {
  const pairs = batch([
    ["1", '2","3'],
    ['1","2', "3"],
    ["1", null],
    ["1", "null"],
    ["1", ""],
  ]);
  expect(new Set(ids(pairs, ["id", "name"])).size).toBe(5);
});

it("rows without a key that look alike are two events with two ids, and keep them when they are sent again [F13 HTTP]", () => {
  const rows: TextRow[] = [
    ["1", "Ann"],
    ["1", "Ann"],
    ["2", "Bo"],
  ];
  const found = ids(batch(rows), []);
  expect(new Set(found).size).toBe(3);
  expect(ids(batch(rows), [])).toEqual(found);
  expect(ids(batch([["1", "Ann"]], ["7"], 1), [])).not.toContain(found[0]);
});

it("remembers the keys of rows that are let go, also when the next batch is being named", () => {
  const names = createRowNames(columns, ["name", "id"]);
  const line = createCopyLine(columns.length + 1);
  const keysOf = (rows: readonly TextRow[]) => {
    const batchNames = names.namesIn({ seq: 0 });
    for (const row of rows) {
      line.bytes = Buffer.concat(linesOf({ rows: [row] }).pieces);
      readLine(line, 0);
      batchNames.put(createByteWriter(1), line);
    }
    return batchNames.keys();
  };
  const first = keysOf([
    ["1", 'Ann "A"\n'],
    ["2", null],
    ["3", ""],
  ]);
  const second = keysOf([["4", "é🎉"]]);
  expect([0, 1, 2].map(first)).toEqual(['["Ann \\"A\\"\\n","1"]', '[null,"2"]', '["","3"]']);
  expect(second(0)).toBe('["é🎉","4"]');
});

it("names rejected rows by their key, or by their place", () => {
  const rows = batch([["1", "Ann"]], ["7"], 2);
  expect(createRowNames(columns, ["name", "id"]).keyOf(rows, 0)).toBe('["Ann","1"]');
  expect(createRowNames(columns, []).keyOf(rows, 0)).toBe("row 1 of batch 3");
  expect(createRowNames(columns, []).namesIn(rows).keys()(0)).toBe("row 1 of batch 3");
  expect(() => createRowNames(columns, ["gone"])).toThrow(/not among those/);
});
