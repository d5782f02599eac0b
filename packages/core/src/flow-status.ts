import type { FlowStatus, Run, RunCode } from "@headgate/contract";

export type FlowFacts = {
  readonly paused: boolean;
  /** Headgate paused it itself, over something that a person has to see to. */
  readonly pausedFor: RunCode | null;
  /** The run that is queued or running now. */
  readonly activeRun: Pick<Run, "status"> | null;
  /** The last run that has ended. */
  readonly lastRun: Pick<Run, "status"> | null;
};

/** How a flow is doing, always derived from facts. A run under way is shown even while the schedule is paused. */
export function flowStatus({ paused, pausedFor, activeRun, lastRun }: FlowFacts): FlowStatus {
  if (activeRun?.status === "running") return "running";
  if (pausedFor !== null) return "needs_attention";
  if (paused) return "paused";
  if (lastRun?.status === "failed" || lastRun?.status === "needs_confirmation") return "needs_attention";
  if (activeRun?.status === "queued") return "waiting";
  return lastRun?.status === "succeeded" ? "healthy" : "waiting";
}

/** Codes of runs after which no other run of the flow can fare better, so it is paused until a person has seen to it. */
const pausing: readonly RunCode[] = [
  "schema_changed",
  "source_table_missing",
  "destination_table_missing",
  "source_column_missing",
  "destination_column_missing",
];

/** Whether a run that failed with this code pauses its flow (reliability §4.7, schema drift). */
export function pausesFlow(code: RunCode): boolean {
  return pausing.includes(code);
}
