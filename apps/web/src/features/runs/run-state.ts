import type { Run } from "@headgate/contract";

/** Whether the run still goes on: waiting for a worker, or at work. */
export function isActive(run: Pick<Run, "status">): boolean {
  return run.status === "queued" || run.status === "running";
}

/** How many rows a run that failed, or that was stopped, had brought by then to stay. */
export function committedRows({ status, receipt }: Pick<Run, "status" | "receipt">): number {
  if (!receipt || (status !== "failed" && status !== "cancelled")) return 0;
  return receipt.created + receipt.updated + receipt.unchanged;
}

/** From first row to last, in milliseconds; null before the end or when it never began. */
export function runMilliseconds({ startedAt, finishedAt }: Pick<Run, "startedAt" | "finishedAt">): number | null {
  return startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
}

/** How far a run is, from 0 to 1; null while nobody knows how many rows there are. */
export function shareDone({ progress }: Pick<Run, "progress">): number | null {
  if (!progress?.rowsEstimated || progress.rowsEstimated <= 0) return null;
  // Estimates are often too low; nobody believes a full bar that goes on.
  return Math.min(0.99, progress.rowsRead / progress.rowsEstimated);
}

/** Rows per second so far and seconds left, once there is enough to go by. */
export function pace(
  run: Pick<Run, "progress" | "startedAt">,
  now: Date,
): { perSecond: number; secondsLeft?: number } | null {
  if (!run.progress || !run.startedAt || run.progress.rowsRead === 0) return null;
  const seconds = (now.getTime() - Date.parse(run.startedAt)) / 1000;
  if (seconds < 2) return null;
  const perSecond = run.progress.rowsRead / seconds;
  const left = (run.progress.rowsEstimated ?? 0) - run.progress.rowsRead;
  return left > 0 ? { perSecond, secondsLeft: left / perSecond } : { perSecond };
}
