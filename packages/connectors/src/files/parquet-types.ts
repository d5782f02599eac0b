import type { ParquetWriter } from "hyparquet-writer";
import { dateDays, momentMicros } from "./moment-text.ts";

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];

/** How a column is stored, and how its text becomes the value; undefined for a text that has no place in the type. */
export type ParquetType = {
  readonly element: Omit<SchemaElement, "name">;
  readonly read: (text: string) => boolean | number | bigint | string | Uint8Array | undefined;
};

const encoder = new TextEncoder();

/** Everything without a type of its own, `numeric` included: 131,072 digits fit nowhere else without loss. */
const text: ParquetType = { element: { type: "BYTE_ARRAY", converted_type: "UTF8" }, read: (value) => value };

const int32: ParquetType = { element: { type: "INT32" }, read: wholeNumber };

const json: ParquetType = {
  element: { type: "BYTE_ARRAY", logical_type: { type: "JSON" } },
  read: (value) => encoder.encode(value),
};

function moment(isAdjustedToUTC: boolean): ParquetType {
  const logical = { type: "TIMESTAMP", isAdjustedToUTC, unit: "MICROS" } as const;
  return { element: { type: "INT64", logical_type: logical }, read: momentMicros };
}

const byName: Readonly<Record<string, ParquetType>> = {
  bool: { element: { type: "BOOLEAN" }, read: (value) => value === "t" || value === "true" },
  int2: int32,
  int4: int32,
  int8: { element: { type: "INT64" }, read: (value) => (/^-?\d{1,19}$/.test(value) ? BigInt(value) : undefined) },
  float4: { element: { type: "FLOAT" }, read: double },
  float8: { element: { type: "DOUBLE" }, read: double },
  date: { element: { type: "INT32", converted_type: "DATE" }, read: dateDays },
  timestamp: moment(false),
  timestamptz: moment(true),
  uuid: {
    element: { type: "FIXED_LEN_BYTE_ARRAY", type_length: 16, logical_type: { type: "UUID" } },
    read: (value) => value,
  },
  bytea: {
    element: { type: "BYTE_ARRAY" },
    read: (value) => (value.startsWith("\\x") ? Buffer.from(value.slice(2), "hex") : undefined),
  },
  json,
  jsonb: json,
};

export function parquetType(typeName: string): ParquetType {
  const name = typeName.replace(/^pg_catalog\./, "");
  return Object.hasOwn(byName, name) ? (byName[name] ?? text) : text;
}

function wholeNumber(value: string): number | undefined {
  return /^-?\d{1,10}$/.test(value) ? Number(value) : undefined;
}

/** PostgreSQL writes the shortest text that leads back to the same double, so nothing is lost here. */
function double(value: string): number | undefined {
  const number = Number(value);
  return Number.isNaN(number) && value !== "NaN" ? undefined : number;
}
