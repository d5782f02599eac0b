import { expect, it } from "vitest";
import { backOffMs, retryAfterMs } from "./back-off.ts";
import { createCircuit } from "./circuit.ts";
import { playedClock } from "../testing/batches.ts";

const now = Date.parse("2026-03-01T12:00:00Z");
const patient = new AbortController().signal;

it.each([
  ["120", 120_000],
  [" 5 ", 5_000],
  ["0.5", 500],
  ["Sun, 01 Mar 2026 12:00:30 GMT", 30_000],
  ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
  ["31536000", 900_000],
  ["9".repeat(400), 900_000],
  ["Fri, 01 Mar 2199 12:00:00 GMT", 900_000],
  ["-5", 0],
  ["soon", 0],
  ["2026", 900_000],
  ["1 March 2199", 0],
  ["", 0],
  [undefined, 0],
])("reads Retry-After %j as %i ms, never more than 15 minutes [F19 HTTP]", (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});

it("waits anything up to a limit that doubles, never more than a minute", () => {
  expect([1, 2, 3, 8, 30].map((failures) => backOffMs(failures, 0.999_999))).toEqual([499, 999, 1999, 59_999, 59_999]);
  expect([1, 2, 3].map((failures) => backOffMs(failures, 0))).toEqual([0, 0, 0]);
});

it("opens after ten rounds of failure in a row, and an answer that helps starts the count anew", async () => {
  const clock = playedClock();
  const circuit = createCircuit(clock);
  const fail = async (): Promise<void> =>
    circuit.failed(await circuit.ready(patient), { reason: "HTTP 503", retryAfterMs: 0 });
  for (let round = 0; round < 9; round += 1) await fail();
  circuit.succeeded();
  for (let round = 0; round < 9; round += 1) await fail();
  await expect(fail()).rejects.toMatchObject({
    code: "receiver_unavailable",
    kind: "temporary",
    facts: { reason: "HTTP 503", times: "10" },
  });
  expect(clock.pauses).toHaveLength(18);
});

it("requests that were under way together and fail together are one failure", async () => {
  const circuit = createCircuit(playedClock());
  const rounds = await Promise.all(Array.from({ length: 16 }, () => circuit.ready(patient)));
  for (const round of rounds) circuit.failed(round, { reason: "HTTP 503", retryAfterMs: 0 });
  expect(await circuit.ready(patient)).toBe(1);
});

it("nobody asks before the time that one of them was told", async () => {
  const clock = playedClock(0);
  const circuit = createCircuit(clock);
  circuit.failed(await circuit.ready(patient), { reason: "HTTP 429", retryAfterMs: 7_000 });
  await Promise.all([circuit.ready(patient), circuit.ready(patient)]);
  expect(clock.pauses[0]).toBe(7_000);
});
