import { hash } from "node:crypto";
import type { RowBatch } from "../batch-writer.ts";
import type { JsonObjectWriter } from "../compile-json.ts";
import { createCopyLine, readLine } from "../copy-text/copy-line.ts";
import { linesOf } from "../copy-text/copy-lines.ts";
import type { Packed, Parcel } from "../delivery/lanes.ts";
import type { RowNames } from "../delivery/row-ids.ts";
import type { UuidMaker } from "../delivery/uuid.ts";
import { createByteWriter, written } from "../json/byte-writer.ts";

/** A row as JSON, and the id of its version. */
export type RowItem = { readonly json: string; readonly id: string };

export type RowPacking = {
  /** How many columns a row has; its version comes behind them. */
  readonly columns: number;
  readonly putJson: JsonObjectWriter;
  readonly names: RowNames;
  readonly ids: UuidMaker;
  readonly batchSize: number;
};

/** Receivers commonly take a megabyte; a single row may be larger, and is theirs to judge. */
const messageBytes = 1_000_000;

/** Makes messages of at most `batchSize` rows. */
export type RowPacker = (batch: RowBatch) => Packed<RowItem>;

export function createRowPacker({ columns, putJson, names, ids, batchSize }: RowPacking): RowPacker {
  const line = createCopyLine(columns + 1);
  const out = createByteWriter(16 * 1024);

  return (batch) => {
    const { pieces } = linesOf(batch);
    const batchNames = names.namesIn(batch);
    const parcels: Parcel<RowItem>[] = [];
    let items: RowItem[] = [];
    let rows: number[] = [];
    let room = messageBytes;
    const close = (): void => {
      if (items.length > 0) parcels.push({ items, rows });
      [items, rows, room] = [[], [], messageBytes];
    };
    const plan: string[] = [];
    const add = (row: number): void => {
      out.at = 0;
      putJson(out, line);
      const length = out.at + 1;
      const json = written(out).toString();
      out.at = 0;
      batchNames.put(ids.begin(), line);
      ids.end(out);
      const id = written(out).toString("latin1");
      plan.push(id);
      if (items.length === batchSize || length > room) close();
      items.push({ json, id });
      rows.push(row);
      room -= length;
    };
    let row = 0;
    for (const piece of pieces) {
      line.bytes = piece;
      for (let at = 0; at < piece.length; row += 1) {
        at = readLine(line, at);
        add(row);
      }
    }
    close();
    return { parcels, rejected: [], sha256: hash("sha256", plan.join("")), keyOf: batchNames.keys() };
  };
}
