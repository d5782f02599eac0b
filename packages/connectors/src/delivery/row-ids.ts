import { createHash, hash } from "node:crypto";
import type { Column, RowBatch, TextRow } from "../batch-writer.ts";

/** A version 5 UUID (RFC 9562): the same for the same name in the same namespace, itself a UUID. */
export function uuidV5(namespace: string, name: string): string {
  const bytes = Buffer.from(hash("sha1", Buffer.concat([namespaceBytes(namespace), Buffer.from(name)]), "buffer"));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex", 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

let last: { readonly text: string; readonly bytes: Buffer } | undefined;

function namespaceBytes(text: string): Buffer {
  if (last?.text !== text) last = { text, bytes: Buffer.from(text.replaceAll("-", ""), "hex") };
  return last.bytes;
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
  const keyText = (row: TextRow): string => JSON.stringify(places.map((place) => row[place]));
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
