import { createHash } from "node:crypto";
import type { RowBatch, TextRow } from "../batch-writer.ts";
import type { Packed, Parcel } from "../delivery/lanes.ts";
import { uuidV5, type RowNames } from "../delivery/row-ids.ts";

/** A row as JSON, and the id of its version. */
export type RowItem = { readonly json: string; readonly id: string };

export type RowPacking = {
  readonly flowId: string;
  readonly toJson: (row: TextRow) => string;
  readonly names: RowNames;
  readonly batchSize: number;
};

/** Receivers commonly take a megabyte; a single row may be larger, and is theirs to judge. */
const messageBytes = 1_000_000;

/** Makes messages of at most `batchSize` rows. */
export function packRowBatch(batch: RowBatch, { flowId, toJson, names, batchSize }: RowPacking): Packed<RowItem> {
  const nameOf = names.namesIn(batch);
  const ids = createHash("sha256");
  const parcels: Parcel<RowItem>[] = [];
  let items: RowItem[] = [];
  let rows: number[] = [];
  let bytes = 0;
  const close = (): void => {
    if (items.length > 0) parcels.push({ items, rows });
    [items, rows, bytes] = [[], [], 0];
  };
  for (const [index, row] of batch.rows.entries()) {
    const json = toJson(row);
    const id = uuidV5(flowId, nameOf(index));
    ids.update(id);
    const length = Buffer.byteLength(json) + 1;
    if (items.length === batchSize || bytes + length > messageBytes) close();
    items.push({ json, id });
    rows.push(index);
    bytes += length;
  }
  close();
  return { parcels, rejected: [], sha256: ids.digest("hex") };
}
