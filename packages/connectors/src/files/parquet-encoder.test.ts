import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, it } from "vitest";
import type { Column, TextRow } from "../batch-writer.ts";
import type { UnfitRow } from "./file-encoder.ts";
import { dateDays, momentMicros } from "./moment-text.ts";
import { createParquetEncoder } from "./parquet-encoder.ts";

function encode(columns: readonly Column[], batches: readonly (readonly TextRow[])[]) {
  const fields = columns.map(({ name }) => ({ source: name, destination: name }));
  const encoder = createParquetEncoder(fields, columns);
  const unfit: UnfitRow[] = [];
  const pieces: Uint8Array[] = [encoder.begin()];
  for (const rows of batches) {
    const encoded = encoder.encode({ rows });
    pieces.push(encoded.bytes);
    unfit.push(...encoded.unfit);
  }
  pieces.push(encoder.end());
  const bytes = Uint8Array.from(Buffer.concat(pieces));
  return { file: bytes.buffer, unfit, pieces: pieces.map(({ length }) => length) };
}

/** The rows as stored: moments as whole microseconds, JSON as bytes. */
async function readBack(file: ArrayBuffer): Promise<Record<string, unknown>[]> {
  const parsers = {
    timestampFromMicroseconds: (micros: bigint) => micros,
    dateFromDays: (days: number) => days,
    uuidFromBytes: (bytes: Uint8Array) => Buffer.from(bytes).toString("hex"),
  };
  return parquetReadObjects({ file, parsers, utf8: false });
}

const types =
  "int2 int4 int8 bool text numeric float4 float8 date timestamp timestamptz uuid bytea json jsonb int4range".split(
    " ",
  );
const columns = types.map((type) => ({ name: type, typeName: `pg_catalog.${type}` }));

it("holds every type exactly, and NULL in each [V25]", async () => {
  const full: TextRow = [
    "-32768",
    "2147483647",
    "9223372036854775807",
    "t",
    "é\u0001🎉",
    "0.10000000000000000001",
    "1.5",
    "-0",
    "1969-12-31",
    "2026-01-31 08:00:00.123456",
    "2026-01-31 08:00:00.000001+00",
    "0123456789abcdef0123456789abcdef".replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    "\\x00ff",
    '{"a": 1.10}',
    '{"a": 1.10}',
    "[1,5)",
  ];
  const { file, unfit } = encode(columns, [[full, full.map(() => null)]]);
  expect(unfit).toEqual([]);
  const jsonBytes = Uint8Array.from(Buffer.from('{"a": 1.10}'));
  const [first, second] = await readBack(file);
  expect(first).toEqual({
    int2: -32_768,
    int4: 2_147_483_647,
    int8: 9_223_372_036_854_775_807n,
    bool: true,
    text: "é\u0001🎉",
    numeric: "0.10000000000000000001",
    float4: 1.5,
    float8: -0,
    date: -1,
    timestamp: 1_769_846_400_123_456n,
    timestamptz: 1_769_846_400_000_001n,
    uuid: "0123456789abcdef0123456789abcdef",
    bytea: Uint8Array.from([0, 255]),
    json: jsonBytes,
    jsonb: jsonBytes,
    int4range: "[1,5)",
  });
  expect(Object.values(second ?? {}).every((value) => value === null || value === undefined)).toBe(true);
  const { schema } = parquetMetadata(file);
  expect(schema.find(({ name }) => name === "jsonb")?.logical_type).toEqual({ type: "JSON" });
  const written = schema.map(({ name, repetition_type }) => `${name} ${repetition_type ?? ""}`);
  expect(written.slice(1)).toEqual(types.map((type) => `${type} OPTIONAL`));
});

it("whatever the rows, they are read back the same and in order, over several groups", async () => {
  const small: readonly Column[] = [
    { name: "n", typeName: "pg_catalog.int8" },
    { name: "words", typeName: "pg_catalog.text" },
  ];
  const row = fc.tuple(
    fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { nil: null }),
    fc.option(fc.string({ unit: "grapheme" }), { nil: null }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(row, { maxLength: 20 }), { maxLength: 4 }), async (batches) => {
      const { file } = encode(
        small,
        batches.map((rows) => rows.map(([n, words]) => [n === null ? null : String(n), words])),
      );
      const back = batches.flat().length === 0 ? [] : await readBack(file);
      expect(back.map(({ n, words }) => [n ?? null, words ?? null])).toEqual(batches.flat());
    }),
    { numRuns: 50 },
  );
});

it("hands bytes over group by group instead of keeping them all", async () => {
  const batch = Array.from({ length: 5_000 }, (_, index): TextRow => [String(index), `row ${index}`]);
  const small = columns.filter(({ name }) => name === "int8" || name === "text");
  const { file, pieces } = encode(
    small,
    Array.from({ length: 9 }, () => batch),
  );
  expect(pieces.filter((length) => length > 10_000).length).toBeGreaterThanOrEqual(3);
  expect(parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([20_000, 20_000, 5_000]);
});

it("an empty file is a file", () => {
  expect(parquetMetadata(encode(columns, []).file).num_rows).toBe(0n);
});

it.each([
  ["timestamptz", "infinity"],
  ["timestamp", "-infinity"],
  ["date", "infinity"],
  ["float8", "many"],
  ["int4", ""],
])("a %s of %s is a bad row with its column, and the others are written [B191] [F11 file]", async (type, text) => {
  const one = columns.filter(({ name }) => name === type);
  const { file, unfit } = encode(one, [[[null], [text], [null]]]);
  expect(unfit).toMatchObject([{ index: 1, column: type }]);
  expect(parquetMetadata(file).num_rows).toBe(2n);
});

it.each([
  ["1970-01-01", 0n],
  ["1970-01-01 00:00:00.000001+00", 1n],
  ["1970-01-01 05:30:00+05:30", 0n],
  ["1969-12-31 21:00:00-03", 0n],
  ["2000-02-29 23:59:59.999999", 951_868_799_999_999n],
  ["0001-01-01", -62_135_596_800_000_000n],
  ["0001-12-31 BC", -62_135_683_200_000_000n],
  ["10000-01-01", 253_402_300_800_000_000n],
  ["2026-01-31 24:00:00", 1_769_904_000_000_000n],
  ["294276-12-31 23:59:59+00", undefined],
  ["now", undefined],
])("reads the moment %s as %s microseconds", (text, micros) => {
  expect(momentMicros(text)).toBe(micros);
});

it("counts the days that Date counts, and takes no time of day for a date", () => {
  const day = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(day, (date) => {
      const text = date.toISOString().slice(0, 10);
      expect(dateDays(text)).toBe(Date.parse(text) / 86_400_000);
    }),
  );
  expect(dateDays("2026-01-31 08:00:00")).toBeUndefined();
});
