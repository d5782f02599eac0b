import type { Receipt } from "@headgate/contract";
import { saveCommitted, type ClaimedRun } from "@headgate/store";

export type Committed = {
  keep(receipt: Receipt): void;
  /** Resolves when the last one is written down, or could not be. */
  saved(): Promise<void>;
};

/**
 * Writes down what of a run stays at the destination. An attempt that goes over rows again begins to count anew: what
 * the one before it did stays the truth until it has come as far.
 */
export function keepCommitted(db: Parameters<typeof saveCommitted>[0], run: ClaimedRun): Committed {
  let most = 0;
  let saving: Promise<unknown> = Promise.resolve();
  return {
    keep: (receipt) => {
      if (receipt.read < most) return;
      most = receipt.read;
      saving = saving.then(() => saveCommitted(db, run, receipt)).catch(() => {});
    },
    saved: async () => void (await saving),
  };
}
