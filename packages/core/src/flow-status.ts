import type { FlowStatus, Run } from "@headgate/contract";

export type FlowFacts = {
  readonly paused: boolean;
  /** The run that is queued or running now. */
  readonly activeRun: Pick<Run, "status"> | null;
  /** The last run that has ended. */
  readonly lastRun: Pick<Run, "status"> | null;
};

/** How a flow is doing, always derived from facts. A run under way is shown even while the schedule is paused. */
export function flowStatus({ paused, activeRun, lastRun }: FlowFacts): FlowStatus {
  if (activeRun?.status === "running") return "running";
  if (paused) return "paused";
  if (lastRun?.status === "failed" || lastRun?.status === "needs_confirmation") return "needs_attention";
  if (activeRun?.status === "queued") return "waiting";
  return lastRun?.status === "succeeded" ? "healthy" : "waiting";
}
