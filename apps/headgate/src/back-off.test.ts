import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { backOff } from "./back-off.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function lengthOf(pause: { over: Promise<void> }): Promise<number> {
  const from = Date.now();
  let until: number | undefined;
  void pause.over.then(() => (until = Date.now()));
  while (until === undefined) await vi.advanceTimersToNextTimerAsync();
  return until - from;
}

it("waits longer after each failure, up to half a minute, and forgets after a calm minute", async () => {
  const delays = backOff();
  const waited: number[] = [];
  for (let failure = 0; failure < 8; failure++) waited.push(await lengthOf(delays.next()));
  expect(waited).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(await lengthOf(delays.next())).toBe(0);
});

it("can be cut short", async () => {
  const delays = backOff();
  delays.next();
  const pause = delays.next();
  pause.cutShort();
  await expect(pause.over).resolves.toBeUndefined();
});
