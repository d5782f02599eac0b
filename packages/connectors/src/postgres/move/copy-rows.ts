import { pipeline } from "node:stream/promises";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type { Session } from "../session.ts";
import type { CopyFormat } from "./column-plan.ts";
import { createRowCounter } from "./row-counter.ts";
import { ownFault, type Side } from "./run-failures.ts";

export type CopyOrder = {
  /** A SELECT at the source and the table with its column list at the destination. */
  readonly select: string;
  readonly into: string;
  readonly format: CopyFormat;
  readonly stallMs: number;
  readonly onRows: (rows: number, bytes: number) => void;
};

/** What both servers counted themselves. */
export type CopyTally = { readonly read: number; readonly taken: number; readonly bytes: number };

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
  const reader = source.client.query(copyTo(`copy (${order.select}) to stdout ${options}`));
  const writer = destination.client.query(copyFrom(`copy ${order.into} from stdin ${options}`));
  const meter = createMeter(order);
  const first: { fault?: CopyFault } = {};
  const failed = new Promise<never>((_, reject) => {
    const fail = (side: Side, error: unknown): void => reject((first.fault ??= new CopyFault(side, error)));
    reader.once("error", (error) => fail("source", error));
    writer.once("error", (error) => fail("destination", error));
    meter.onStall(() => fail("destination", ownFault("destination", { code: "line_cut", kind: "temporary" }, {})));
  });
  failed.catch(() => {});
  try {
    await Promise.race([pipeline(meter.pass(reader), writer), failed]);
  } catch (error) {
    throw first.fault ?? error;
  } finally {
    meter.stop();
  }
  // The source's own tag arrives after its last row; the next statement waits for it.
  await source.execute("select").catch((error: unknown) => {
    throw new CopyFault("source", error);
  });
  return { read: reader.rowCount, taken: writer.rowCount, bytes: meter.bytes() };
}

type Meter = {
  pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
  onStall(listener: () => void): void;
  bytes(): number;
  stop(): void;
};

function createMeter({ format, onRows, stallMs }: CopyOrder): Meter {
  const count = createRowCounter(format);
  let bytes = 0;
  let stalled: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    pass: async function* (chunks) {
      try {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          onRows(count(chunk), bytes);
          // Only the way out is timed: unanswered bytes hide a dead line from TCP's own probes (V29), a slow query does not.
          timer = setTimeout(() => stalled?.(), stallMs);
          yield chunk;
          clearTimeout(timer);
        }
      } catch {
        throw new Error("the source failed");
      }
    },
    onStall: (listener) => {
      stalled = listener;
    },
    bytes: () => bytes,
    stop: () => clearTimeout(timer),
  };
}
