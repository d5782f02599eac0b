export type Pause = { readonly over: Promise<void>; cutShort(): void };

const longestMs = 30_000;
const calmMs = 60_000;

/** Pauses before starting again what ended: none at first, then 1 s, doubling to 30 s; forgotten after a calm minute. */
export function backOff(now: () => number = Date.now): { next(): Pause } {
  let failures = 0;
  let last = 0;
  return {
    next: () => {
      failures = now() - last > calmMs ? 0 : failures + 1;
      last = now();
      return pause(failures === 0 ? 0 : Math.min(longestMs, 1000 * 2 ** (failures - 1)));
    },
  };
}

function pause(ms: number): Pause {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return {
    over: promise,
    cutShort: () => {
      clearTimeout(timer);
      resolve();
    },
  };
}
