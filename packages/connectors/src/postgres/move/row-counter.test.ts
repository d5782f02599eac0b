import { describe, expect, it } from "vitest";
import { createRowCounter } from "./row-counter.ts";

/** Binary COPY data as PostgreSQL sends it; null is -1. */
function binary(rows: readonly (readonly (Buffer | null)[])[]): Buffer {
  const parts: Uint8Array[] = [Buffer.from("PGCOPY\n\u00ff\r\n\0", "latin1"), Buffer.alloc(8)];
  for (const row of rows) {
    parts.push(int16(row.length));
    for (const value of row) parts.push(int32(value?.length ?? -1), value ?? Buffer.alloc(0));
  }
  return Buffer.concat([...parts, int16(-1)]);
}

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

const rows = [[Buffer.from([255, 255, 0, 0])], [null, Buffer.alloc(70_000, 10), Buffer.alloc(0)], [], [null]];

describe("counting rows in passing", () => {
  it.each([1, 2, 3, 7, 19, 20, 1000, 1_000_000])("binary, in chunks of %i bytes", (size) => {
    const data = binary(rows);
    const count = createRowCounter("binary");
    let found = 0;
    for (let at = 0; at < data.length; at += size) found = count(data.subarray(at, at + size));
    expect(found).toBe(rows.length);
  });

  it("binary without any row", () => {
    expect(createRowCounter("binary")(binary([]))).toBe(0);
  });

  it("text, by the line feeds that end rows", () => {
    const count = createRowCounter("text");
    count(Buffer.from("1\tline\\nfeed\n2"));
    expect(count(Buffer.from("\t\\N\n"))).toBe(2);
  });
});
