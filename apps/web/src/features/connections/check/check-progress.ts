import {
  checkStages,
  type CheckEvent,
  type CheckStage,
  type CheckVerdict,
  type ConnectionKind,
  type FilesSettings,
} from "@headgate/contract";

export type StageState = {
  readonly stage: CheckStage;
  readonly status: "waiting" | "running" | "passed" | "failed";
  readonly milliseconds?: number | undefined;
  readonly note?: string | undefined;
};

export type CheckProgress = { readonly stages: readonly StageState[]; readonly verdict: CheckVerdict | undefined };

/** What is known of a check before it begins: each of these adds a stage. */
export type CheckKind = {
  readonly kind?: ConnectionKind | undefined;
  /** Where files are kept. */
  readonly place?: FilesSettings["place"] | undefined;
  readonly tunnel?: boolean | undefined;
  readonly as?: "source" | "destination" | undefined;
};

/** A check that has not begun, with the stages it will have. */
export function freshProgress(check: CheckKind = {}): CheckProgress {
  const expected = expectedStages(check);
  return {
    stages: checkStages.filter((stage) => expected.includes(stage)).map((stage) => ({ stage, status: "waiting" })),
    verdict: undefined,
  };
}

const line: readonly CheckStage[] = ["name", "route", "port"];

/** The stages a check will surely have; others join the list when they come. */
function expectedStages({ kind = "postgres", place, tunnel = false, as = "source" }: CheckKind): readonly CheckStage[] {
  switch (kind) {
    case "postgres":
      return [
        ...line,
        ...(tunnel ? ["tunnel" as const] : []),
        ...(["tls", "sign_in", "database", "schema", "table"] as const),
        ...(as === "source" ? [] : ["write" as const]),
      ];
    case "events":
      return [...line, "sign_in"];
    case "webhook":
      return line;
    case "files":
      return place === "s3" ? [...line, "sign_in", "bucket"] : ["folder", "space"];
  }
}

/** A check of which nothing is known yet. */
export const noProgress = freshProgress();

/** A check that was given up: what was under way did not come to an end. */
export function halted({ stages, verdict }: CheckProgress): CheckProgress {
  return { stages: stages.map(halt), verdict };
}

function halt(state: StageState): StageState {
  return state.status === "running" ? { stage: state.stage, status: "waiting" } : state;
}

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

/** A verdict names the stage that failed, also where it could not begin with the first. */
function settled(stages: readonly StageState[], verdict: CheckVerdict): readonly StageState[] {
  if (verdict.status === "succeeded") return stages.map((s) => ({ ...s, status: "passed" }));
  const shown = including(stages, verdict.failure.stage);
  const failedAt = shown.findIndex(({ stage }) => stage === verdict.failure.stage);
  return shown.map((s, index) => {
    if (index < failedAt) return halt(s);
    return index === failedAt ? { ...s, status: "failed" } : { stage: s.stage, status: "waiting" };
  });
}

function including(stages: readonly StageState[], stage: CheckStage): readonly StageState[] {
  if (stages.some((s) => s.stage === stage)) return stages;
  const place = (s: StageState): number => checkStages.indexOf(s.stage);
  const added: StageState = { stage, status: "waiting" };
  return [...stages, added].toSorted((one, other) => place(one) - place(other));
}
