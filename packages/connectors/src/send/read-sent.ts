import { marksChanges } from "@headgate/core";
import type { FlowDefinition, Stream } from "@headgate/contract";
import type { Column, ReadyBatch, RowBatch } from "../batch-writer.ts";
import { decodeRow } from "../copy-text/decode-rows.ts";
import { readBatches } from "../copy-text/read-batches.ts";
import { idents } from "../postgres/identifiers.ts";
import { copyOut, type RowStream } from "../postgres/move/copy-out.ts";
import { ownFault } from "../postgres/move/run-failures.ts";
import { relationSql } from "../postgres/relation/relation-sql.ts";
import type { Session } from "../postgres/session.ts";
import { afterSql, orderSql } from "./resume-sql.ts";
import { readySelect, versionSql } from "./sent-columns.ts";
import type { SentWindow } from "./sent-window.ts";

export type SentReading = {
  readonly session: Session;
  readonly definition: FlowDefinition;
  readonly runId: string;
  readonly stream: Stream;
  readonly columns: readonly Column[];
  readonly window: SentWindow;
  /** Rows come in the order of their key; an earlier attempt has brought those up to `after`. */
  readonly ordered: boolean;
  readonly after: string | undefined;
  /** Options of COPY whose bytes are the file's; absent: rows are looked at. */
  readonly ready: string | undefined;
  readonly quietMs: number;
  readonly onBytes: (bytes: number) => void;
};

/** The rows of a run in batches, as fast as they are taken; `read` is what the source counted, once it has ended. */
export type SentRows = {
  readonly batches: AsyncIterable<RowBatch | ReadyBatch>;
  readonly read: () => number | undefined;
};

export function readSent(reading: SentReading): SentRows {
  const { session, ready } = reading;
  const found: { stream?: RowStream; ended: boolean } = { ended: false };
  async function* batches(): AsyncGenerator<RowBatch | ReadyBatch> {
    const options = ready === undefined ? "(format text, encoding 'UTF8')" : `(${ready})`;
    const stream = copyOut(session, selectSql(reading), options);
    found.stream = stream;
    const chunks = watched(stream, reading);
    if (ready === undefined) yield* readBatches(chunks, positions(reading));
    else yield* readyBatches(chunks, stream);
    // The source's own tag arrives after its last row; the next statement waits for it.
    await session.execute("select");
    found.ended = true;
  }
  return { batches: batches(), read: () => (found.ended ? found.stream?.rowCount : undefined) };
}

/** All that would come, as one SELECT. */
export function selectSql(reading: Omit<SentReading, "session" | "onBytes" | "quietMs">): string {
  const { definition, stream, columns, window, ordered, after, ready, runId } = reading;
  const { syncKey, source, fields } = definition;
  const version = versionSql(marksChanges(stream.kind), window.next, runId, columns);
  const list = ready === undefined ? `${idents(columns.map(({ name }) => name))}, ${version}` : readySelect(fields);
  const rules = [window.where, after === undefined ? undefined : afterSql(syncKey, stream, after)];
  const where = rules.filter((rule) => rule !== undefined).map((rule) => `(${rule})`);
  return [
    `select ${list} from ${relationSql(source)}`,
    ...(where.length > 0 ? [`where ${where.join(" and ")}`] : []),
    ...(ordered ? [orderSql(syncKey)] : []),
  ].join(" ");
}

function positions({ ordered, definition, columns }: SentReading): (lastLine: Buffer) => string {
  if (!ordered) return () => "";
  const places = definition.syncKey.map((name) => columns.findIndex((column) => column.name === name));
  return (line) => {
    const row = decodeRow(line.toString("utf8"));
    return JSON.stringify(places.map((place) => row[place]));
  };
}

/** How many rows there were is only known at the end. */
async function* readyBatches(chunks: AsyncIterable<Buffer>, stream: RowStream): AsyncGenerator<ReadyBatch> {
  let seq = 0;
  for await (const bytes of chunks) {
    yield { seq, position: "", bytes, ready: 0 };
    seq += 1;
  }
  yield { seq, position: "", bytes: new Uint8Array(), ready: stream.rowCount };
}

/** A source that had begun to send and then says nothing more for long is taken for dead. */
async function* watched(stream: RowStream, { quietMs, onBytes }: SentReading): AsyncGenerator<Buffer> {
  let timer: NodeJS.Timeout | undefined;
  const watch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stream.destroy(ownFault("source", { code: "line_cut", kind: "temporary" }, {})), quietMs);
  };
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      onBytes(chunk.length);
      yield chunk;
      watch();
    }
  } finally {
    clearTimeout(timer);
  }
}
