import type { RunFailure } from "@headgate/contract";
import { RunFault } from "@headgate/connectors";
import { emptyReceipt } from "@headgate/core";
import { expect, test } from "vitest";
import { failureOf, outcomeOfError, outcomeOfReceipt, outcomeOfStop } from "./outcome.ts";

const fault = (kind: RunFailure["kind"]): RunFault =>
  new RunFault({ origin: "source", kind, code: "line_cut", facts: {}, detail: "", retryable: kind !== "settings" });

test("pauses between attempts grow, and the fifth failure is the last", () => {
  const pauses = [1, 2, 3, 4].map((attempt) => outcomeOfError(fault("temporary"), attempt, [10, 20, 40, 80]));
  expect(pauses.map(({ status }) => status)).toEqual(["again", "again", "again", "again"]);
  const seconds = pauses.map((outcome) => (outcome.status === "again" ? outcome.afterSeconds : 0));
  for (const [index, wanted] of [10, 20, 40, 80].entries()) {
    expect(seconds[index]).toBeGreaterThanOrEqual(wanted * 0.8);
    expect(seconds[index]).toBeLessThanOrEqual(wanted * 1.2);
  }
  expect(outcomeOfError(fault("temporary"), 5)).toMatchObject({ status: "failed", failure: { code: "line_cut" } });
});

test("a full disk is tried again every hour, because each attempt fills it up once more [F7]", () => {
  const full = new RunFault({ ...fault("temporary").failure, origin: "destination", code: "disk_full" });
  for (const attempt of [1, 2, 3, 4]) {
    const outcome = outcomeOfError(full, attempt);
    expect(outcome).toMatchObject({ status: "again", failure: { code: "disk_full" } });
    expect(outcome.status === "again" && outcome.afterSeconds).toBeGreaterThanOrEqual(3_600 * 0.8);
  }
});

test("what a person must change fails at once", () => {
  expect(outcomeOfError(fault("settings"), 1)).toMatchObject({ status: "failed" });
});

test("what nobody foresaw is a bug, is tried again, and its words are not stored", () => {
  const failure = failureOf(new Error("value 'canary' is odd"));
  expect(failure).toMatchObject({ origin: "platform", kind: "bug", code: "unexpected", retryable: true });
  expect(JSON.stringify(failure)).not.toContain("canary");
});

test("a store that is away is temporary", () => {
  const away = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  expect(failureOf(away)).toMatchObject({ origin: "platform", kind: "temporary", retryable: true });
});

test("a run whose receipt does not balance has failed", () => {
  expect(outcomeOfReceipt({ ...emptyReceipt, read: 3, created: 3 })).toMatchObject({ status: "succeeded" });
  expect(outcomeOfReceipt({ ...emptyReceipt, read: 3, created: 2 })).toMatchObject({
    status: "failed",
    failure: { code: "receipt_unbalanced", facts: { read: "3", accounted: "2" } },
  });
});

test("a run that was lost to another worker is not ours to end", () => {
  expect(outcomeOfStop("lost")).toBeUndefined();
  expect(outcomeOfStop("cancelled")).toEqual({ status: "cancelled" });
  expect(outcomeOfStop("stopping")).toMatchObject({ status: "again", afterSeconds: 0 });
});
