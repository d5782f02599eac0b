import type { Receipt } from "@headgate/contract";
import { moveRows, type EgressGate } from "@headgate/connectors";
import { isTableFlow } from "@headgate/core";
import {
  readRejectedRows,
  saveNotes,
  saveProgress,
  saveRejectedRows,
  type ClaimedRun,
  type Store,
} from "@headgate/store";
import { keepCommitted } from "./keep-committed.ts";
import { saveProgressEvery } from "./save-progress.ts";
import { keepOwnState } from "./keep-own-state.ts";
import { readSide } from "./read-side.ts";

const progressEveryMs = 500;

export type RunTools = { readonly store: Store; readonly gate: EgressGate };

/** Executes one claimed run: secrets are read now, rows and checkpoint are in the connector's transactions. */
export async function runFlow(
  run: ClaimedRun,
  { store, gate }: RunTools,
  signal: AbortSignal,
): Promise<{ readonly receipt: Receipt; readonly alreadyApplied: boolean }> {
  const { runId, flowId, epoch, definition, confirmation, acceptedColumns, reread } = run;
  const progress = saveProgressEvery(progressEveryMs, (state) => saveProgress(store.db, run, state));
  const committed = keepCommitted(store.db, run);
  try {
    if (!isTableFlow(definition)) throw new Error(`Rows cannot go to ${definition.destination.kind} yet.`);
    const source = await readSide(store, "source", definition.source.connectionId);
    const destination = await readSide(store, "destination", definition.destination.connectionId);
    return await moveRows({
      runId,
      flowId,
      epoch,
      definition,
      source,
      destination,
      confirmation: confirmation ?? undefined,
      keeper: definition.keepsState === "headgate" ? keepOwnState(store, run) : undefined,
      acceptedColumns: acceptedColumns ?? undefined,
      reread: reread ?? undefined,
      ctx: { gate, signal },
      onNotes: async (notes) => void (await saveNotes(store.db, run, notes)),
      onRejected: async (rows, kept) => {
        const earlier = kept > 0 ? (await readRejectedRows(store, runId)).slice(0, kept) : [];
        await saveRejectedRows(store, runId, [...earlier, ...rows]);
      },
      onCommitted: (receipt) => committed.keep(receipt),
      onProgress: (state) => progress.report(state),
    });
  } finally {
    await Promise.all([progress.stop(), committed.saved()]);
  }
}
