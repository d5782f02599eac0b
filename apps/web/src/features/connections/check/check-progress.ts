import { checkStages, type CheckEvent, type CheckStage, type CheckVerdict } from "@headgate/contract";

export type StageState = {
  readonly stage: CheckStage;
  readonly status: "waiting" | "running" | "passed" | "failed";
  readonly milliseconds?: number | undefined;
  readonly note?: string | undefined;
};

export type CheckProgress = { readonly stages: readonly StageState[]; readonly verdict: CheckVerdict | undefined };

/** Not every check has these; they are shown once it turns out that this one does. */
const occasional: readonly CheckStage[] = ["route", "tunnel", "write"];

export const noProgress: CheckProgress = {
  stages: checkStages.filter((stage) => !occasional.includes(stage)).map((stage) => ({ stage, status: "waiting" })),
  verdict: undefined,
};

/** Adds one event of the server's stream to what is shown. */
export function withEvent(progress: CheckProgress, event: CheckEvent): CheckProgress {
  if (event.type === "stage") {
    const { stage, status, milliseconds, note } = event;
    return {
      ...progress,
      stages: including(progress.stages, stage).map((s) =>
        s.stage === stage ? { ...s, status, milliseconds, note } : s,
      ),
    };
  }
  return { stages: settled(progress.stages, event.verdict), verdict: event.verdict };
}

/** A verdict also says how each stage ended, should its own event have been lost. */
function settled(stages: readonly StageState[], verdict: CheckVerdict): readonly StageState[] {
  if (verdict.status === "succeeded") return stages.map((s) => ({ ...s, status: "passed" }));
  const shown = including(stages, verdict.failure.stage);
  const failedAt = shown.findIndex(({ stage }) => stage === verdict.failure.stage);
  return shown.map((s, index) => {
    if (index < failedAt) return { ...s, status: "passed" };
    return { ...s, status: index === failedAt ? "failed" : "waiting" };
  });
}

function including(stages: readonly StageState[], stage: CheckStage): readonly StageState[] {
  if (stages.some((s) => s.stage === stage)) return stages;
  const place = (s: StageState): number => checkStages.indexOf(s.stage);
  const added: StageState = { stage, status: "waiting" };
  return [...stages, added].toSorted((one, other) => place(one) - place(other));
}
