import type { CheckEvent, CheckStage } from "@headgate/contract";

export type StageClock = {
  readonly onStage: (stage: CheckStage, status: "running" | "passed", note?: string, at?: number) => void;
  /** The stage that is or was last under way. */
  readonly stage: () => CheckStage;
  /** Marks that stage as failed. */
  readonly fail: () => void;
};

/** Tells of each stage as it begins and ends, with the milliseconds it took. */
export function stageClock(onEvent: (event: CheckEvent) => void): StageClock {
  let current: CheckStage = "name";
  let began = performance.now();
  const milliseconds = (at = performance.now()): number => Math.round((at - began) * 10) / 10;
  return {
    onStage: (stage, status, note, at) => {
      if (status === "running") {
        current = stage;
        began = at ?? performance.now();
      }
      const time = status === "passed" ? { milliseconds: milliseconds(at) } : {};
      onEvent({ type: "stage", stage, status, ...time, ...(note ? { note } : {}) });
    },
    stage: () => current,
    fail: () => onEvent({ type: "stage", stage: current, status: "failed", milliseconds: milliseconds() }),
  };
}
