import type { RunFailure } from "@headgate/contract";

/** A run that failed for a reason that can be told; nothing of it stays at the destination. */
export class RunFault extends Error {
  override readonly name = "RunFault";
  readonly failure: RunFailure;

  constructor(failure: RunFailure, cause?: unknown) {
    super(`${failure.origin}: ${failure.code}`, { cause });
    this.failure = failure;
  }
}
