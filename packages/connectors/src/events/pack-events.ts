import { hash } from "node:crypto";
import type { RejectedRow, RowBatch } from "../batch-writer.ts";
import { createCopyLine, readLine } from "../copy-text/copy-line.ts";
import { linesOf } from "../copy-text/copy-lines.ts";
import type { Packed, Parcel } from "../delivery/lanes.ts";
import type { RowNames } from "../delivery/row-ids.ts";
import { uuidLength, type UuidMaker } from "../delivery/uuid.ts";
import { createByteWriter, putBytes, written } from "../json/byte-writer.ts";
import type { EventBuilder, EventFault } from "./build-event.ts";
import { packBytes, packEvents, type DialectRule } from "./dialects.ts";
import { addEvent, wrapperBytes, type EventBodies, type EventBody, type EventItem } from "./event-bodies.ts";

export type EventPacking = {
  /** How many columns a row has; its version comes behind them. */
  readonly columns: number;
  readonly build: EventBuilder;
  readonly names: RowNames;
  readonly ids: UuidMaker;
  /** Where the id stands in an event. */
  readonly idPlace: number;
  readonly rule: DialectRule;
  readonly bodies: EventBodies;
};

/** Makes events of a batch's rows and requests of the events; what cannot be sent is rejected before anything is. */
export type EventPacker = (batch: RowBatch) => Packed<EventItem>;

export function createEventPacker(packing: EventPacking): EventPacker {
  const { columns, build, names, ids, idPlace, rule, bodies } = packing;
  const mostBytes = Math.min(packBytes, rule.batchBytes) - wrapperBytes;
  const line = createCopyLine(columns + 1);
  const event = createByteWriter(rule.eventBytes);
  const plan = createByteWriter(packEvents * uuidLength);

  return (batch) => {
    const { pieces } = linesOf(batch);
    const batchNames = names.namesIn(batch);
    const rejected: RejectedRow[] = [];
    const parcels: Parcel<EventItem>[] = [];
    let body: EventBody | undefined;
    let items: EventItem[] = [];
    let rows: number[] = [];
    let room = mostBytes;
    const close = (): void => {
      if (items.length > 0) parcels.push({ items, rows });
      [body, items, rows, room] = [undefined, [], [], mostBytes];
    };
    plan.at = 0;
    const add = (row: number): void => {
      batchNames.put(ids.begin(), line);
      event.at = 0;
      const fault = build(event, line, ids) ?? sizeFault(rule, event.at);
      putBytes(plan, event.bytes, idPlace, idPlace + uuidLength);
      if (fault) {
        rejected.push({ key: names.keyOf(batch, row), ...fault });
        return;
      }
      // One byte more for the comma between events.
      if (event.at + 1 > room || items.length === packEvents) close();
      body ??= bodies.take();
      items.push(addEvent(body, event.bytes, 0, event.at));
      rows.push(row);
      room -= event.at + 1;
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
    return { parcels, rejected, sha256: hash("sha256", written(plan)), keyOf: batchNames.keys() };
  };
}

/** Why an event of so many bytes cannot be sent, or undefined when it can. */
export function sizeFault({ eventBytes }: DialectRule, bytes: number): EventFault | undefined {
  if (bytes <= eventBytes) return undefined;
  const sentence = `The event made of this row is larger than ${eventBytes / 1024} KB, more than the receiver takes.`;
  return { code: "row_too_large", sentence };
}
