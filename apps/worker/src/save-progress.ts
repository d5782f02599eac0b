import type { Progress } from "@headgate/contract";

export type ProgressSaver = {
  /** Remembers the newest state; saves it now or when the pause since the last save is over. */
  report(progress: Progress): void;
  /** No save begins any more; resolves when the last one is through. */
  stop(): Promise<void>;
};

/** Saves progress at most every `everyMs` and never twice at once. What could not be saved is overtaken by the next. */
export function saveProgressEvery(everyMs: number, save: (progress: Progress) => Promise<unknown>): ProgressSaver {
  let waiting: Progress | undefined;
  let timer: NodeJS.Timeout | undefined;
  let saving: Promise<unknown> = Promise.resolve();
  let idle = true;
  let stopped = false;

  function saveWaiting(): void {
    const progress = waiting;
    idle = progress === undefined || stopped;
    if (!progress || stopped) return;
    waiting = undefined;
    saving = save(progress)
      .catch(() => {})
      .then(() => {
        timer = setTimeout(saveWaiting, everyMs);
      });
  }

  return {
    report(progress) {
      waiting = progress;
      if (idle) saveWaiting();
    },
    async stop() {
      stopped = true;
      await saving;
      clearTimeout(timer);
    },
  };
}
