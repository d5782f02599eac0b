import { once } from "node:events";
import { finished } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import type { Session } from "../../session.ts";
import { copyOut } from "../copy-out.ts";
import { CopyFault, type CopyOrder, type CopyTally } from "../copy-rows.ts";
import { ownFault, type Side } from "../run-failures.ts";
import { rowText } from "./copy-lines.ts";
import { isRowRefusal, type RejectLog } from "./reject-log.ts";

export type CarefulOrder = CopyOrder & {
  readonly rejects: RejectLog;
  /** Places, among the columns that travel, of those that name a row. */
  readonly keyPlaces: readonly number[];
  /** Characters of each that are kept. */
  readonly longestKey: number;
  /** Waited for after each chunk, before its savepoint is released. */
  readonly onTaken?: (() => Promise<void>) | undefined;
};

/** A refusal costs a chunk being sent again in halves, so chunks stay small. */
const chunkBytes = 1_000_000;

/**
 * Copies in chunks, each under a savepoint; a chunk that is refused is halved until the refused rows stand alone, and
 * those are set aside. The rows are looked at line by line, as text.
 */
export async function copyCarefully(source: Session, destination: Session, order: CarefulOrder): Promise<CopyTally> {
  order.watches.destination.rowsFlow(true);
  const reader = copyOut(source, order.select, "(format text, encoding 'UTF8')");
  let lines: Buffer[] = [];
  let waiting = 0;
  let rest: Buffer = Buffer.alloc(0);
  let read = 0;
  let bytes = 0;
  const before = order.rejects.rows.length;
  const flush = async (): Promise<void> => {
    await send(destination, order, lines);
    lines = [];
    waiting = 0;
  };
  const chunks = reader[Symbol.asyncIterator]();
  for (;;) {
    const next = await within(order.quietMs, "source", chunks.next()).catch((error: unknown) => {
      throw error instanceof CopyFault ? error : new CopyFault("source", error);
    });
    if (next.done) break;
    const chunk: Buffer = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      lines.push(chunk.subarray(from, end + 1));
      from = end + 1;
      read += 1;
    }
    rest = chunk.subarray(from);
    bytes += next.value.length;
    waiting += next.value.length;
    order.onRows(read, bytes);
    if (waiting >= chunkBytes) await flush();
  }
  await flush();
  order.watches.destination.rowsFlow(false);
  await source.execute("select").catch((error: unknown) => {
    throw new CopyFault("source", error);
  });
  const rejected = order.rejects.rows.length - before;
  return { read, taken: read - rejected, rejected, bytes };
}

async function send(destination: Session, order: CarefulOrder, lines: readonly Buffer[]): Promise<void> {
  if (lines.length === 0) return;
  await destination.execute("savepoint headgate_chunk");
  try {
    await within(order.stallMs, "destination", copyIn(destination, order.into, lines));
    await order.onTaken?.();
    await destination.execute("release savepoint headgate_chunk");
  } catch (error) {
    if (!isRowRefusal(error)) throw error;
    await destination.execute("rollback to savepoint headgate_chunk; release savepoint headgate_chunk");
    if (lines.length === 1) {
      return order.rejects.add(rowText(lines[0] ?? Buffer.alloc(0), order.keyPlaces, order.longestKey), error);
    }
    const middle = Math.ceil(lines.length / 2);
    await send(destination, order, lines.slice(0, middle));
    await send(destination, order, lines.slice(middle));
  }
}

/** Throws what the server said, or that it took fewer rows than it was given: a trigger swallowed them. */
async function copyIn(destination: Session, into: string, lines: readonly Buffer[]): Promise<void> {
  const writer = destination.client.query(copyFrom(`copy ${into} from stdin (format text, encoding 'UTF8')`));
  const done = finished(writer);
  done.catch(() => {});
  if (!writer.write(Buffer.concat(lines))) await Promise.race([once(writer, "drain"), done]);
  writer.end();
  await done;
  if (writer.rowCount !== lines.length) {
    const facts = { sent: String(lines.length), taken: String(writer.rowCount) };
    throw ownFault("destination", { code: "rows_swallowed", kind: "settings" }, facts);
  }
}

async function within<T>(milliseconds: number, side: Side, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const fault = new CopyFault(side, ownFault(side, { code: "line_cut", kind: "temporary" }, {}));
  const timer = setTimeout(() => late.reject(fault), milliseconds);
  work.catch(() => {});
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
