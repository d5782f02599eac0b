/** Begins with so many, because nobody knows yet what the receiver can take (performance §4). */
const firstLanes = 4;
/** An answer that takes longer than twice the fastest and this many milliseconds came from a receiver under pressure. */
const patienceMs = 20;

/** How many requests a receiver gets at once: more while it answers as fast as ever, half when it has had enough. */
export type Pace = {
  /** Waits for its turn; the number is handed back with what became of it. Throws the signal's reason. */
  enter(signal: AbortSignal): Promise<number>;
  leave(): void;
  answered(milliseconds: number): void;
  /** The receiver asked to be left alone, failed or was silent. */
  refused(turn: number): void;
  /** How many go out at once now. */
  readonly lanes: number;
};

/** Additive increase and multiplicative decrease between 1 and `most`; at first it doubles until something is amiss. */
export function createPace(most: number): Pace {
  let allowed = Math.min(firstLanes, most);
  let busy = 0;
  let cuts = 0;
  let isFirst = true;
  let fastestMs = Number.POSITIVE_INFINITY;
  const waiting: (() => void)[] = [];
  const admit = (): void => {
    while (busy < Math.floor(allowed) && waiting.length > 0) {
      busy += 1;
      waiting.shift()?.();
    }
  };
  const setAllowed = (lanes: number): void => {
    allowed = Math.min(most, Math.max(1, lanes));
    admit();
  };
  return {
    enter: async (signal) => {
      signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(enter), 1);
          reject(signal.reason);
        };
        const enter = (): void => {
          signal.removeEventListener("abort", onAbort);
          resolve();
        };
        signal.addEventListener("abort", onAbort, { once: true });
        waiting.push(enter);
        admit();
      });
      return cuts;
    },
    leave: () => {
      busy -= 1;
      admit();
    },
    answered: (milliseconds) => {
      fastestMs = Math.min(fastestMs, milliseconds);
      const isSlow = milliseconds > fastestMs * 2 + patienceMs;
      if (isSlow) isFirst = false;
      setAllowed(allowed + (isSlow ? -1 : 1) / (isFirst ? 1 : allowed));
    },
    refused: (turn) => {
      // Requests that were under way together are refused together: that is one cut, not sixteen.
      if (turn !== cuts) return;
      cuts += 1;
      isFirst = false;
      setAllowed(Math.floor(allowed) / 2);
    },
    get lanes() {
      return Math.floor(allowed);
    },
  };
}
