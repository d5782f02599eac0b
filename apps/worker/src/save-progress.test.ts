import type { Progress } from "@headgate/contract";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saveProgressEvery } from "./save-progress.ts";

const progress = (rowsRead: number): Progress => ({ stage: "reading", rowsRead, bytes: 0, rowsEstimated: null });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first state is saved at once, then the newest one after the pause", async () => {
  const saved: number[] = [];
  const saver = saveProgressEvery(500, async ({ rowsRead }) => void saved.push(rowsRead));
  for (const rows of [1, 2, 3]) saver.report(progress(rows));
  expect(saved).toEqual([1]);
  await vi.advanceTimersByTimeAsync(499);
  expect(saved).toEqual([1]);
  await vi.advanceTimersByTimeAsync(1);
  expect(saved).toEqual([1, 3]);
  await vi.advanceTimersByTimeAsync(5_000);
  saver.report(progress(4));
  expect(saved).toEqual([1, 3, 4]);
});

test("a save that fails is no reason to stop", async () => {
  let calls = 0;
  const saver = saveProgressEvery(500, async () => {
    calls += 1;
    throw new Error("the store is away");
  });
  saver.report(progress(1));
  await vi.advanceTimersByTimeAsync(500);
  saver.report(progress(2));
  expect(calls).toBe(2);
});

test("nothing is saved after stop", async () => {
  let calls = 0;
  const saver = saveProgressEvery(500, async () => void (calls += 1));
  saver.report(progress(1));
  saver.report(progress(2));
  await saver.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  saver.report(progress(3));
  expect(calls).toBe(1);
});
