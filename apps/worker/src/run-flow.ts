import type { Progress, Receipt, RejectedRow, TableFlowDefinition } from "@headgate/contract";
import { moveRows, sendRows, undoRun, type EgressGate, type Moved, type Sent } from "@headgate/connectors";
import { isTableFlow } from "@headgate/core";
import {
  readRejectedRows,
  saveNotes,
  saveProgress,
  saveRejectedRows,
  usualRows,
  type ClaimedRun,
  type Store,
} from "@headgate/store";
import { deliveryLedger } from "./delivery-ledger.ts";
import { keepCommitted } from "./keep-committed.ts";
import { saveProgressEvery } from "./save-progress.ts";
import { keepOwnState } from "./keep-own-state.ts";
import { readDelivery, readSide } from "./read-side.ts";

const progressEveryMs = 500;

export type RunTools = {
  readonly store: Store;
  readonly gate: EgressGate;
  /** The folder set aside for files. */
  readonly filesDir?: string | undefined;
};

/** What both ways of moving rows tell while they are at it. */
type Telling = {
  readonly onRejected: (rows: readonly RejectedRow[], kept: number) => Promise<void>;
  readonly onCommitted: (receipt: Receipt) => void;
  readonly onProgress: (progress: Progress) => void;
};

/** Executes one claimed run: secrets are read now, rows and checkpoint are in the connector's hands. */
export async function runFlow(run: ClaimedRun, tools: RunTools, signal: AbortSignal): Promise<Moved | Sent> {
  const { store } = tools;
  const { definition } = run;
  const progress = saveProgressEvery(progressEveryMs, (state) => saveProgress(store.db, run, state));
  const committed = keepCommitted(store.db, run);
  const telling: Telling = {
    onRejected: async (rows, kept) => {
      const earlier = kept > 0 ? (await readRejectedRows(store, run.runId)).slice(0, kept) : [];
      await saveRejectedRows(store, run.runId, [...earlier, ...rows]);
    },
    onCommitted: (receipt) => committed.keep(receipt),
    onProgress: (state) => progress.report(state),
  };
  try {
    return isTableFlow(definition)
      ? await intoTable(run, definition, tools, signal, telling)
      : await intoReceiver(run, tools, signal, telling);
  } finally {
    await Promise.all([progress.stop(), committed.saved()]);
  }
}

async function intoTable(
  run: ClaimedRun,
  definition: TableFlowDefinition,
  { store, gate }: RunTools,
  signal: AbortSignal,
  telling: Telling,
): Promise<Moved> {
  const { runId, flowId, epoch, confirmation, acceptedColumns, reread, retryOf, undoes } = run;
  const destination = await readSide(store, "destination", definition.destination.connectionId);
  if (undoes) {
    const { table } = definition.destination;
    const { onProgress } = telling;
    const claim = { runId, flowId, epoch };
    return undoRun({
      ...claim,
      undoes,
      table,
      syncKey: definition.syncKey,
      destination,
      ctx: { gate, signal },
      onProgress,
    });
  }
  const source = await readSide(store, "source", definition.source.connectionId);
  const retry = retryOf === null ? undefined : (await readRejectedRows(store, retryOf)).map(({ key }) => key);
  return moveRows({
    runId,
    flowId,
    epoch,
    definition,
    source,
    destination,
    confirmation: confirmation ?? undefined,
    usualRows: await usualOf(run, store),
    keeper: definition.keepsState === "headgate" ? keepOwnState(store, run) : undefined,
    acceptedColumns: acceptedColumns ?? undefined,
    reread: reread ?? undefined,
    retry,
    ctx: { gate, signal },
    onNotes: async (notes) => void (await saveNotes(store.db, run, notes)),
    ...telling,
  });
}

async function intoReceiver(
  run: ClaimedRun,
  { store, gate, filesDir }: RunTools,
  signal: AbortSignal,
  telling: Telling,
): Promise<Sent> {
  const { runId, flowId, flowName, definition, scheduledFor, confirmation } = run;
  const source = await readSide(store, "source", definition.source.connectionId);
  const target = await readDelivery(store, definition.destination.connectionId);
  return sendRows({
    runId,
    flowId,
    flowName,
    plannedFor: scheduledFor,
    definition,
    source,
    target,
    confirmation: confirmation ?? undefined,
    usualRows: await usualOf(run, store),
    ledger: deliveryLedger(store, run),
    ctx: { gate, signal, filesDir },
    ...telling,
  });
}

/** Only where rows are added could too many of them do harm. */
async function usualOf({ flowId, definition }: ClaimedRun, { db }: Store): Promise<number | undefined> {
  return definition.readMode === "incremental" && definition.writeMode === "append" ? usualRows(db, flowId) : undefined;
}
