import { setTimeout as pause } from "node:timers/promises";
import { isCancelRequested, renewLease, type ClaimedRun } from "@headgate/store";
import { RunStopped } from "./run-stop.ts";

type Leased = {
  readonly db: Parameters<typeof renewLease>[0];
  readonly run: Pick<ClaimedRun, "runId" | "epoch">;
  readonly leaseSeconds: number;
  /** `performance.now()` from before the claim was sent: the store's clock started later than that. */
  readonly claimedAt: number;
};

export type Lease = {
  /** Fires with a `RunStopped` when the run must end. */
  readonly signal: AbortSignal;
  release(): Promise<void>;
};

/** Ends this long before the store would give the run away, so that a commit under way can be given up in time. */
const marginMs = 2_000;
const lookEveryMs = 1_000;

/**
 * Renews the lease every third of its time and looks every second whether a person cancelled. When the store cannot be
 * asked, the worker's own monotonic clock ends the run before the lease ends (reliability §4.7).
 */
export function holdLease({ db, run, leaseSeconds, claimedAt }: Leased): Lease {
  const stopped = new AbortController();
  const released = new AbortController();
  const leaseMs = leaseSeconds * 1000;
  const stop = (why: "cancelled" | "lost"): void => stopped.abort(new RunStopped(why));
  let heldSince = claimedAt;
  let tooLate = armed();

  function armed(): NodeJS.Timeout {
    const left = heldSince + leaseMs - Math.min(marginMs, leaseMs / 4) - performance.now();
    return setTimeout(() => stop("lost"), Math.max(0, left));
  }

  async function look(): Promise<void> {
    const asked = performance.now();
    if (asked - heldSince < leaseMs / 3) {
      if (await isCancelRequested(db, run.runId)) stop("cancelled");
      return;
    }
    const { lost, cancelRequested } = await renewLease(db, run, leaseSeconds);
    if (lost) return stop("lost");
    heldSince = asked;
    clearTimeout(tooLate);
    if (!stopped.signal.aborted && !released.signal.aborted) tooLate = armed();
    if (cancelRequested) stop("cancelled");
  }

  async function watch(): Promise<void> {
    while (!stopped.signal.aborted && !released.signal.aborted) {
      // A store that is away for a moment is no reason to stop; the timer is.
      await look().catch(() => {});
      await pause(Math.min(lookEveryMs, leaseMs / 6), undefined, { signal: released.signal }).catch(() => {});
    }
  }

  const watching = watch();
  return {
    signal: stopped.signal,
    release: async () => {
      released.abort();
      clearTimeout(tooLate);
      // A look that hangs on a silent store must not keep the run from being finished.
      await Promise.race([watching, pause(1_000, undefined, { ref: false })]);
      clearTimeout(tooLate);
    },
  };
}
