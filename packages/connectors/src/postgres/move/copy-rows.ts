import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import type { Session } from "../session.ts";
import type { CopyFormat } from "./column-plan.ts";
import { copyOut } from "./copy-out.ts";
import type { LineWatch } from "./line-watch.ts";
import { isRowRefusal } from "./rejects/reject-log.ts";
import { createRowCounter } from "./row-counter.ts";
import { ownFault, type Side } from "./run-failures.ts";

export type CopyOrder = {
  /** A SELECT at the source and the table with its column list at the destination. */
  readonly select: string;
  readonly into: string;
  readonly format: CopyFormat;
  /** For a table made in this very transaction: its rows need not be looked at again by a later VACUUM. */
  readonly frozen?: boolean;
  readonly stallMs: number;
  readonly quietMs: number;
  readonly onRows: (rows: number, bytes: number) => void;
  readonly watches: Readonly<Record<Side, LineWatch>>;
  /** The source's session is needed again: where the destination refuses a row, what still comes is thrown away. */
  readonly drain?: boolean;
};

/** What both servers counted themselves. */
export type CopyTally = {
  readonly read: number;
  readonly taken: number;
  /** Set aside, because the destination refused them. */
  readonly rejected: number;
  /** Left behind because they break a rule of the flow; not among those that were read. Absent: none. */
  readonly invalid?: number;
  readonly bytes: number;
};

/** One side failed while rows were under way. */
export class CopyFault extends Error {
  override readonly name = "CopyFault";
  readonly side: Side;

  constructor(side: Side, cause: unknown) {
    super(`the ${side} failed`, { cause });
    this.side = side;
  }
}

/**
 * Lets one COPY flow from source to destination without looking at a value. What the destination is told about a
 * failing source is only that it failed: its log must not receive the source's words.
 */
export async function copyRows(source: Session, destination: Session, order: CopyOrder): Promise<CopyTally> {
  const options = order.format === "binary" ? "(format binary)" : "(format text, encoding 'UTF8')";
  order.watches.destination.rowsFlow(true);
  const reader = copyOut(source, order.select, options);
  const frozen = order.frozen ? options.replace(")", ", freeze)") : options;
  const writer = destination.client.query(copyFrom(`copy ${order.into} from stdin ${frozen}`));
  const meter = createMeter(order);
  const first: { fault?: CopyFault } = {};
  const failed = new Promise<never>((_, reject) => {
    const fail = (side: Side, error: unknown): void => reject((first.fault ??= new CopyFault(side, error)));
    reader.once("error", (error) => fail("source", error));
    writer.once("error", (error) => fail("destination", error));
    meter.onStall((side) => fail(side, ownFault(side, { code: "line_cut", kind: "temporary" }, {})));
  });
  failed.catch(() => {});
  try {
    await Promise.race([pipeline(meter.pass(reader), writer), failed]);
  } catch (error) {
    const fault = first.fault ?? error;
    if (order.drain && fault instanceof CopyFault && isRowRefusal(fault.cause)) {
      await meter.drain(reader).then(
        () => source.execute("select"),
        () => source.stop(),
      );
    }
    throw fault;
  } finally {
    meter.stop();
  }
  // The source's own tag arrives after its last row; the next statement waits for it.
  await source.execute("select").catch((error: unknown) => {
    throw new CopyFault("source", error);
  });
  return { read: reader.rowCount, taken: writer.rowCount, rejected: 0, bytes: meter.bytes() };
}

type Meter = {
  pass(chunks: Readable): AsyncGenerator<Buffer>;
  drain(chunks: Readable): Promise<void>;
  onStall(listener: (side: Side) => void): void;
  bytes(): number;
  stop(): void;
};

/**
 * Counts what passes and notices silence. Unanswered bytes hide a dead line from TCP's own probes, and a proxy answers
 * them for a server that is gone (V29); a query that has not sent its first row yet may take as long as it likes.
 */
function createMeter({ format, onRows, stallMs, quietMs, watches, drain = false }: CopyOrder): Meter {
  const count = createRowCounter(format);
  let bytes = 0;
  let stalled: ((side: Side) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const expect = (side: Side, milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled?.(side), milliseconds);
  };
  return {
    pass: async function* (chunks) {
      try {
        for await (const chunk of chunks.iterator({ destroyOnReturn: !drain })) {
          watches.source.rowsFlow(true);
          bytes += chunk.length;
          onRows(count(chunk), bytes);
          expect("destination", stallMs);
          yield chunk;
          expect("source", quietMs);
        }
      } catch {
        throw new Error("the source failed");
      }
      // All is sent; checking what it took may keep the destination busy for as long as it likes.
      clearTimeout(timer);
      watches.source.rowsFlow(false);
      watches.destination.rowsFlow(false);
    },
    drain: async (chunks) => {
      stalled = () => void chunks.destroy();
      expect("source", quietMs);
      for await (const _ of chunks) expect("source", quietMs);
      watches.source.rowsFlow(false);
    },
    onStall: (listener) => {
      stalled = listener;
    },
    bytes: () => bytes,
    stop: () => clearTimeout(timer),
  };
}
