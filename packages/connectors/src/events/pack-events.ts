import { hash } from "node:crypto";
import type { RejectedRow, RowBatch } from "../batch-writer.ts";
import type { Packed, Parcel } from "../delivery/lanes.ts";
import type { EventBuilder } from "./build-event.ts";
import { packBytes, packEvents, type DialectRule } from "./dialects.ts";
import { uuidV5, type RowNames } from "../delivery/row-ids.ts";

/** Bytes around the events of a batch: `{"batch":[` and `]}`. */
export const wrapperBytes = 12;

export type EventPacking = {
  readonly flowId: string;
  readonly build: EventBuilder;
  readonly names: RowNames;
  readonly rule: DialectRule;
};

/** Makes events of a batch's rows and requests of the events; what cannot be sent is rejected before anything is. */
export function packEventBatch(batch: RowBatch, { flowId, build, names, rule }: EventPacking): Packed<string> {
  const mostBytes = Math.min(packBytes, rule.batchBytes) - wrapperBytes;
  const nameOf = names.namesIn(batch);
  const ids: string[] = [];
  const rejected: RejectedRow[] = [];
  const parcels: Parcel<string>[] = [];
  let items: string[] = [];
  let rows: number[] = [];
  let bytes = 0;
  const close = (): void => {
    if (items.length > 0) parcels.push({ items, rows });
    items = [];
    rows = [];
    bytes = 0;
  };
  for (const [index, row] of batch.rows.entries()) {
    const id = uuidV5(flowId, nameOf(index));
    ids.push(id);
    const event = build(row, id);
    if (typeof event !== "string") {
      rejected.push({ key: names.keyOf(batch, index), ...event });
      continue;
    }
    const length = Buffer.byteLength(event);
    if (length > rule.eventBytes) {
      rejected.push({ key: names.keyOf(batch, index), code: "row_too_large", sentence: tooLarge(rule) });
      continue;
    }
    // One byte more for the comma between events.
    if (bytes + length + 1 > mostBytes || items.length === packEvents) close();
    items.push(event);
    rows.push(index);
    bytes += length + 1;
  }
  close();
  return { parcels, rejected, sha256: hash("sha256", ids.join("")) };
}

function tooLarge({ eventBytes }: DialectRule): string {
  return `The event made of this row is larger than ${eventBytes / 1024} KB, more than the receiver takes.`;
}
