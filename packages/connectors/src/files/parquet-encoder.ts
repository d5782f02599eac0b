import type { FieldMapping } from "@headgate/contract";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { Column, TextRow } from "../batch-writer.ts";
import { columnOf } from "../compile-json.ts";
import { noBytes, type FileEncoder, type UnfitRow } from "./file-encoder.ts";
import { parquetType } from "./parquet-types.ts";

/** A group is in memory until it is whole: about 20 MB of JavaScript values for rows of 275 bytes. */
const groupRows = 20_000;
const groupCharacters = 8_000_000;

/** Parquet with Snappy inside; rows travel in groups. */
export function createParquetEncoder(fields: readonly FieldMapping[], columns: readonly Column[]): FileEncoder {
  const readers = fields.map(({ source, destination }) => {
    const { place } = columnOf(columns, source);
    return { name: destination, place, ...parquetType(columns[place]?.typeName ?? "") };
  });
  const schema = [
    { name: "root", num_children: readers.length },
    ...readers.map(({ name, element }) => ({ ...element, name, repetition_type: "OPTIONAL" as const })),
  ];
  const bytes = new ByteWriter();
  const parquet = new ParquetWriter({ writer: bytes, schema, createdBy: "Headgate" });
  let group: unknown[][] = readers.map(() => []);
  let rowsHeld = 0;
  let characters = 0;

  const takeBytes = (): Uint8Array => {
    const taken = bytes.getBytes().slice();
    bytes.index = 0;
    return taken;
  };
  const writeGroup = (): void => {
    if (rowsHeld === 0) return;
    const columnData = readers.map(({ name }, index) => ({ name, data: group[index] ?? [] }));
    void parquet.write({ columnData, rowGroupSize: rowsHeld });
    group = readers.map(() => []);
    [rowsHeld, characters] = [0, 0];
  };
  const hold = (row: TextRow): string | undefined => {
    const values: unknown[] = [];
    let length = 0;
    for (const { name, place, read } of readers) {
      const text = row[place];
      const value = text === null || text === undefined ? null : read(text);
      if (value === undefined) return name;
      values.push(value);
      length += text?.length ?? 0;
    }
    for (const [index, value] of values.entries()) group[index]?.push(value);
    rowsHeld += 1;
    characters += length;
    return undefined;
  };

  return {
    begin: () => noBytes,
    encode: ({ rows }) => {
      const unfit: UnfitRow[] = [];
      for (const [index, row] of rows.entries()) {
        const column = hold(row);
        if (column !== undefined)
          unfit.push({ index, column, sentence: "Parquet has no place for this value in a column of its type." });
        if (rowsHeld >= groupRows || characters >= groupCharacters) writeGroup();
      }
      return { bytes: takeBytes(), unfit };
    },
    end: () => {
      writeGroup();
      void parquet.finish();
      return takeBytes();
    },
  };
}
