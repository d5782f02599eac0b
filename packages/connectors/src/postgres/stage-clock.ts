import { checkStages, type CheckEvent, type CheckStage } from "@headgate/contract";
import type { OnStage } from "./session-steps.ts";

export type StageClock = {
  readonly onStage: OnStage;
  /** The stage that is or was last under way. */
  readonly stage: () => CheckStage;
  /** Marks a stage as failed, the one under way unless another is to blame; a later one means that this one passed. */
  readonly fail: (stage?: CheckStage) => void;
};

/** Tells of each stage as it begins and ends, with the milliseconds it took. */
export function stageClock(onEvent: (event: CheckEvent) => void): StageClock {
  let current: CheckStage = "name";
  let began = performance.now();
  const milliseconds = (at = performance.now()): number => Math.round((at - began) * 10) / 10;
  const onStage: StageClock["onStage"] = (stage, status, note, at) => {
    if (status === "running") {
      current = stage;
      began = at ?? performance.now();
    }
    const time = status === "passed" ? { milliseconds: milliseconds(at) } : {};
    onEvent({ type: "stage", stage, status, ...time, ...(note ? { note } : {}) });
  };
  return {
    onStage,
    stage: () => current,
    fail: (stage = current) => {
      if (checkStages.indexOf(stage) > checkStages.indexOf(current)) {
        onStage(current, "passed");
        onStage(stage, "running");
      }
      onEvent({ type: "stage", stage, status: "failed", milliseconds: milliseconds() });
    },
  };
}
