import type { Confirmation, FlowDefinition, Progress, Receipt, RejectedRow } from "@headgate/contract";
import type { PostgresTarget, ReceiverTarget } from "@headgate/core";
import { relationName } from "@headgate/core";
import { WriterFault, type WriterOrder } from "../batch-writer.ts";
import type { DestinationContext } from "../delivery/destination-context.ts";
import { readyCopyOptions } from "../files/copy-options.ts";
import { limitsOf, type PostgresContext } from "../postgres/context.ts";
import { openSession } from "../postgres/open-session.ts";
import { createProgress } from "../postgres/move/move-progress.ts";
import { ownFault, runFault } from "../postgres/move/run-failures.ts";
import { RunFault } from "../postgres/move/run-fault.ts";
import { takeSnapshot } from "../postgres/move/source-snapshot.ts";
import { requireUsualCount } from "../postgres/move/unusual-count.ts";
import { relationFacts, relationSql } from "../postgres/relation/relation-sql.ts";
import type { Session } from "../postgres/session.ts";
import { LedgerLost, type DeliveryLedger, type KeepRejected } from "./delivery-ledger.ts";
import { toldRow } from "./foretell-sending.ts";
import { openWriter } from "./open-writer.ts";
import { readSent } from "./read-sent.ts";
import { hasOrder } from "./resume-sql.ts";
import { sentColumns } from "./sent-columns.ts";
import { openSentWindow, type SentWindow } from "./sent-window.ts";

export type SendContext = PostgresContext &
  Omit<DestinationContext, "limits"> & { readonly filesDir: string | undefined };

export type SendOrder = {
  readonly runId: string;
  readonly flowId: string;
  readonly flowName: string;
  /** The moment the run was planned for. */
  readonly plannedFor: Date;
  readonly definition: FlowDefinition;
  readonly source: PostgresTarget;
  readonly target: ReceiverTarget;
  readonly ledger: DeliveryLedger;
  readonly ctx: SendContext;
  /** A person's yes to what an earlier run of this flow asked. */
  readonly confirmation?: Confirmation | undefined;
  /** How many rows a run of this flow usually reads; absent while that is not known. */
  readonly usualRows?: number | undefined;
  readonly onRejected: KeepRejected;
  /** What is at the destination to stay, while more is to come. */
  readonly onCommitted: (receipt: Receipt) => void;
  readonly onProgress: (progress: Progress) => void;
};

export type Sent = { readonly receipt: Receipt; readonly alreadyApplied: boolean };

/**
 * Sends the rows of one run to an event API, a webhook or a file. The destination keeps no state for us, so the ledger
 * does: every batch is planned before it is sent and acknowledged after, and another attempt goes on behind the last one
 * that was acknowledged, with the same ids. Throws a `RunFault`, an error of the ledger's store, or the signal's reason.
 */
export async function sendRows(order: SendOrder): Promise<Sent> {
  const begun = await order.ledger.begin().catch(blameLedger);
  const { delivered, rejected } = begun.acknowledged;
  if (begun.finished) return { receipt: receiptOf(delivered + rejected, delivered, rejected, 0), alreadyApplied: true };
  const { ctx, source, definition } = order;
  const atSource = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      ctx.signal.throwIfAborted();
      const columns = definition.fields.map((field) => field.source);
      throw runFault("source", error, { target: source, facts: relationFacts(definition.source), columns });
    }
  };
  const session = await atSource(() => openSession(source, ctx));
  let failed = true;
  try {
    const sent = await send(order, session, begun, atSource);
    failed = false;
    return sent;
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (error instanceof WriterFault) throw blameDestination(error, order.target.kind);
    return blameLedger(error);
  } finally {
    await (failed ? session.stop() : session.close());
  }
}

type AtSource = <T>(work: () => Promise<T>) => Promise<T>;

async function send(
  order: SendOrder,
  session: Session,
  begun: Awaited<ReturnType<DeliveryLedger["begin"]>>,
  atSource: AtSource,
): Promise<Sent> {
  const { definition, runId, ctx, ledger, target } = order;
  const { lockMs, quietMs } = limitsOf(ctx);
  const progress = createProgress(order.onProgress);
  const snapshot = await atSource(() => takeSnapshot(session, definition.source, lockMs));
  const { stream } = snapshot;
  progress.enter("reading", stream.rowEstimate);
  const columns = sentColumns(definition, stream);
  const window = await atSource(() => openSentWindow(session, definition, stream, begun));
  if (!begun.reading) await requireUsual(order, session, window, atSource);
  // The same rows come in the same order in every attempt.
  await atSource(() => session.execute("set local synchronize_seqscans = off"));
  await atSource(() => session.execute("set local max_parallel_workers_per_gather = 0"));
  const ordered = target.kind !== "files" && hasOrder(definition.syncKey, stream);
  // A file is whole or not there, and rows without an order have no place behind which to go on.
  if (!ordered) await ledger.restart();
  await ledger.keepReading(window.reading);
  const earlier = ordered ? begun.acknowledged : nothing;
  const after = earlier.batches > 0 ? earlier.position : undefined;

  let [delivered, rejectedCount, bytes] = [earlier.delivered, earlier.rejected, 0];
  const ready = target.kind === "files" ? readyCopyOptions(target.settings) : undefined;
  const onBytes = (more: number): void => void (bytes += more);
  const part = { session, definition, runId, stream, columns, window, ordered, after, ready, quietMs, onBytes };
  const rows = readSent(part);
  const batches = async function* () {
    const source = rows.batches[Symbol.asyncIterator]();
    for (let next = await atSource(() => source.next()); !next.done; next = await atSource(() => source.next()))
      yield next.value;
    await atSource(() => snapshot.end());
  };
  const writerOrder: WriterOrder = {
    flowId: order.flowId,
    runId,
    columns,
    key: definition.syncKey,
    from: after ?? "",
    signal: ctx.signal,
    rejectLimit: rejectLimit(definition, stream.rowEstimate),
    onPlanned: (plan) => ledger.plan({ ...plan, seq: plan.seq + earlier.batches }),
  };
  const write = openWriter({
    destination: definition.destination,
    fields: definition.fields,
    target,
    facts: { flow: order.flowName, table: relationName(definition.source).name, plannedFor: order.plannedFor },
    order: writerOrder,
    context: { gate: ctx.gate, ...(ctx.clock && { clock: ctx.clock }) },
    filesDir: ctx.filesDir,
  });

  const rejectedRows: RejectedRow[] = [];
  for await (const { seq, position, delivered: more, rejected } of write(batches())) {
    rejectedRows.push(...rejected.map(toldRow));
    if (rejected.length > 0) await order.onRejected(rejectedRows, earlier.rejected);
    await ledger.acknowledge({ seq: seq + earlier.batches, position, delivered: more, rejected: rejected.length });
    delivered += more;
    rejectedCount += rejected.length;
    progress.rows(delivered + rejectedCount, bytes);
    order.onCommitted(receiptOf(delivered + rejectedCount, delivered, rejectedCount, bytes));
  }
  progress.enter("finishing");
  const read = rows.read();
  await ledger.finish(window.position);
  // A file that an earlier attempt had finished is not written again, and then nothing is read.
  const total = read === undefined ? delivered + rejectedCount : read + earlier.delivered + earlier.rejected;
  return { receipt: receiptOf(total, delivered, rejectedCount, bytes), alreadyApplied: read === undefined };
}

/** What was sent cannot be taken back, so the rows are counted before the first one is. */
async function requireUsual(order: SendOrder, session: Session, window: SentWindow, atSource: AtSource): Promise<void> {
  const { usualRows: usual, definition, ctx, confirmation } = order;
  if (usual === undefined || window.where === undefined) return;
  const text = `select pg_catalog.count(*)::text as rows from ${relationSql(definition.source)} where ${window.where}`;
  const [found] = await atSource(() => session.query<{ rows: string }>(text));
  const facts = { rows: Number(found?.rows), usual, alwaysFine: limitsOf(ctx).unusualRows };
  requireUsualCount(facts, confirmation);
}

const nothing = { batches: 0, position: "", delivered: 0, rejected: 0 };

/** Delivered rows count as created: at the destination they are new, whatever it makes of them. */
function receiptOf(read: number, delivered: number, rejected: number, bytes: number): Receipt {
  const others = { updated: 0, unchanged: 0, skipped: 0, invalid: 0, deleted: 0 };
  return { read, created: delivered, ...others, rejected, bytes };
}

/** 100 rows, or 1 % of a table that is known to be larger; none where the flow says so. */
function rejectLimit({ badRows }: FlowDefinition, rowEstimate: number | null): number {
  return badRows === "stop" ? 0 : Math.max(100, Math.floor((rowEstimate ?? 0) / 100));
}

function blameDestination({ code, kind, facts, cause }: WriterFault, receiver: ReceiverTarget["kind"]): RunFault {
  const all = { side: "destination", kind: receiver, ...facts };
  const failure = {
    origin: "destination",
    kind,
    code,
    facts: all,
    detail: "",
    retryable: kind === "temporary",
  } as const;
  return new RunFault(failure, cause);
}

function blameLedger(error: unknown): never {
  throw error instanceof LedgerLost
    ? ownFault("flow", { code: "another_run_took_over", kind: "temporary" }, {})
    : error;
}
