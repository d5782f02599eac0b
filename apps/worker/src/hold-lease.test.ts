import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { holdLease } from "./hold-lease.ts";
import { stopCause } from "./run-stop.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const leaseSeconds = 15;
const run = { runId: "1", epoch: "1" };
const away = { query: () => Promise.reject(new Error("the store is away")) };

test("a worker whose store is away stops by its own clock two seconds before another may have the run [F8]", async () => {
  const lease = holdLease({ db: away, run, leaseSeconds, claimedAt: performance.now() });
  await vi.advanceTimersByTimeAsync(12_900);
  expect(lease.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(stopCause(lease.signal)).toBe("lost");
  await lease.release();
});

test("a worker that was asleep for longer than its lease stops as soon as it wakes [F9]", async () => {
  const lease = holdLease({ db: away, run, leaseSeconds, claimedAt: performance.now() - 60_000 });
  await vi.advanceTimersByTimeAsync(1);
  expect(stopCause(lease.signal)).toBe("lost");
  await lease.release();
});
