import type { RunFailure, Receipt } from "@headgate/contract";
import { receiptBalances, receiptSum } from "@headgate/core";
import { isStoreUnavailable, mostAttempts, type RunOutcome } from "@headgate/store";
import { RunFault, RunHeld } from "@headgate/connectors";
import type { StopCause } from "./run-stop.ts";
import { SecretMissing } from "./read-side.ts";

/** Seconds before the second, third, … attempt; together about five minutes. */
export const defaultPauses: readonly number[] = [5, 20, 60, 180];

/** Seconds. A disk becomes free by hand, and each attempt fills it up once more. */
const fullDiskPause = 3_600;

/** A run that does not balance has failed, whatever it wrote (design §7). */
export function outcomeOfReceipt(receipt: Receipt): RunOutcome {
  if (receiptBalances(receipt)) return { status: "succeeded", receipt };
  const facts = { read: String(receipt.read), accounted: String(receiptSum(receipt)) };
  return {
    status: "failed",
    failure: { origin: "platform", kind: "bug", code: "receipt_unbalanced", facts, detail: "", retryable: false },
  };
}

/** What becomes of a run that was ended from outside; undefined when it is not ours to decide any more. */
export function outcomeOfStop(why: StopCause): RunOutcome | undefined {
  switch (why) {
    case "cancelled":
      return { status: "cancelled" };
    case "lost":
      return undefined;
    case "stopping":
      return { status: "again", failure: platform("worker_lost", "temporary"), afterSeconds: 0 };
  }
}

/** Temporary trouble is tried again after growing pauses; what a person must change or agree to is not. */
export function outcomeOfError(error: unknown, attempt: number, pauses = defaultPauses): RunOutcome {
  if (error instanceof RunHeld) return { status: "needs_confirmation", hold: error.hold };
  const failure = failureOf(error);
  if (!failure.retryable || attempt >= mostAttempts) return { status: "failed", failure };
  const pause = failure.code === "disk_full" ? fullDiskPause : (pauses[Math.min(attempt, pauses.length) - 1] ?? 0);
  // Spread out, so that many runs that failed together do not come back together.
  return { status: "again", failure, afterSeconds: pause * (0.8 + 0.4 * Math.random()) };
}

/** Turns whatever was thrown into the words of the contract. What nobody foresaw is a bug, and is tried again. */
export function failureOf(error: unknown): RunFailure {
  if (error instanceof RunFault) return error.failure;
  if (error instanceof SecretMissing)
    return { ...platform("secret_unreadable", "settings"), origin: error.side, retryable: false };
  return platform("unexpected", isStoreUnavailable(error) ? "temporary" : "bug");
}

function platform(code: RunFailure["code"], kind: RunFailure["kind"]): RunFailure {
  return { origin: "platform", kind, code, facts: {}, detail: "", retryable: true };
}
