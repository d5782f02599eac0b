import { WriterFault } from "../batch-writer.ts";
import { backOffMs } from "./back-off.ts";
import type { Clock } from "./clock.ts";

const mostFailures = 10;

/** What all lanes to one receiver know together: when it may be asked again, and how often in a row it has failed. */
export type Circuit = {
  /** Waits until the receiver may be asked; the number says which round of trying this is. */
  ready(signal: AbortSignal): Promise<number>;
  succeeded(): void;
  /** Throws a `WriterFault` after ten rounds in a row without an answer that helps. */
  failed(round: number, why: { readonly reason: string; readonly retryAfterMs: number }): void;
};

export function createCircuit(clock: Clock): Circuit {
  let failures = 0;
  let round = 0;
  let resumeAt = 0;
  return {
    ready: async (signal) => {
      for (let wait = resumeAt - clock.now(); wait > 0; wait = resumeAt - clock.now()) await clock.pause(wait, signal);
      signal.throwIfAborted();
      return round;
    },
    succeeded: () => {
      failures = 0;
    },
    failed: (failedRound, { reason, retryAfterMs }) => {
      // Requests that were under way together fail together: that is one failure, not sixteen.
      if (failedRound === round) {
        round += 1;
        failures += 1;
      }
      const wait = Math.max(backOffMs(failures, clock.random()), retryAfterMs);
      resumeAt = Math.max(resumeAt, clock.now() + wait);
      if (failures >= mostFailures)
        throw new WriterFault("receiver_unavailable", "temporary", { reason, times: String(failures) });
    },
  };
}
