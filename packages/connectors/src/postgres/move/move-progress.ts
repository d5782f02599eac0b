import type { Progress } from "@headgate/contract";

const everyMs = 250;

export type MoveProgress = {
  readonly enter: (stage: Progress["stage"], rowsEstimated?: number | null) => void;
  readonly rows: (rowsRead: number, bytes: number) => void;
};

/** Tells of a move as it goes, at most four times a second and whenever it enters a new stage. */
export function createProgress(onProgress: (progress: Progress) => void): MoveProgress {
  let current: Progress = { stage: "connecting", rowsRead: 0, bytes: 0, rowsEstimated: null };
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (): void => {
    toldAt = performance.now();
    onProgress(current);
  };
  tell();
  return {
    enter: (stage, rowsEstimated = current.rowsEstimated) => {
      current = { ...current, stage, rowsEstimated };
      tell();
    },
    rows: (rowsRead, bytes) => {
      current = { ...current, rowsRead, bytes };
      if (performance.now() - toldAt >= everyMs) tell();
    },
  };
}
