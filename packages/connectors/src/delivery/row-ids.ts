import { createHash, hash } from "node:crypto";
import type { Column, RowBatch, TextRow } from "../batch-writer.ts";

/** Namespace and name, one behind the other; used again for every id, because half the time would go into new buffers. */
let scratch = Buffer.alloc(1024);
let namespaceThere = "";

/** A version 5 UUID (RFC 9562): the same for the same name in the same namespace, itself a UUID. */
export function uuidV5(namespace: string, name: string): string {
  if (16 + name.length * 3 > scratch.length) {
    scratch = Buffer.alloc(16 + name.length * 3);
    namespaceThere = "";
  }
  if (namespace !== namespaceThere) {
    scratch.write(namespace.replaceAll("-", ""), "hex");
    namespaceThere = namespace;
  }
  const length = 16 + scratch.write(name, 16);
  const hex = hash("sha1", scratch.subarray(0, length), "hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** How rows of one stream are told apart. */
export type RowNames = {
  /** The key's values as a JSON list; where there is no key, the row's place in its batch. */
  keyOf(batch: RowBatch, row: number): string;
  /**
   * What a row's version is called, the same in every attempt and in every later run (reliability §4.6). Never the
   * content alone: a value that changes and changes back would be dropped as a repeat.
   */
  namesIn(batch: RowBatch): (row: number) => string;
};

export function createRowNames(columns: readonly Column[], key: readonly string[]): RowNames {
  const places = key.map((name) => columns.findIndex((column) => column.name === name));
  if (places.includes(-1)) throw new Error("A column of the key is not among those that were read.");
  const [only = 0] = places;
  const keyText = (row: TextRow): string =>
    places.length === 1 ? `[${JSON.stringify(row[only])}]` : JSON.stringify(places.map((place) => row[place]));
  const keyed = places.length > 0;
  return {
    keyOf: ({ seq, rows }, row) => (keyed ? keyText(rows[row] ?? []) : `row ${row + 1} of batch ${seq + 1}`),
    namesIn: ({ seq, rows, versions }) => {
      if (keyed) return (row) => `${keyText(rows[row] ?? [])}|${versions[row] ?? ""}`;
      // Rows without a key that look alike are rows of their own: the batch and their order in it tell them apart.
      const seen = new Map<string, number>();
      return (row) => {
        const digest = createHash("sha256").update(JSON.stringify(rows[row])).digest("base64");
        const ordinal = (seen.get(digest) ?? 0) + 1;
        seen.set(digest, ordinal);
        return `${digest}#${seq}.${ordinal}|${versions[row] ?? ""}`;
      };
    },
  };
}
