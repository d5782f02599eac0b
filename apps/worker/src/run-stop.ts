/**
 * Why a run is ended from outside. `cancelled`: a person asked for it. `lost`: the lease could not be renewed, another
 * worker may have the run. `stopping`: this worker ends and gives the run back.
 */
export type StopCause = "cancelled" | "lost" | "stopping";

export class RunStopped extends Error {
  readonly why: StopCause;

  constructor(why: StopCause) {
    super(`The run was stopped: ${why}.`);
    this.name = "RunStopped";
    this.why = why;
  }
}

/** Why the signal fired, if it did. */
export function stopCause(signal: AbortSignal): StopCause | undefined {
  return signal.aborted ? (signal.reason instanceof RunStopped ? signal.reason.why : "stopping") : undefined;
}
