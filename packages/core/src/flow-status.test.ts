import { expect, test } from "vitest";
import { flowStatus, type FlowFacts } from "./flow-status.ts";

const facts = (more: Partial<FlowFacts>): FlowFacts => ({
  paused: false,
  pausedFor: null,
  activeRun: null,
  lastRun: null,
  ...more,
});

test.each<[string, FlowFacts, string]>([
  ["that never ran", facts({}), "waiting"],
  ["whose first run waits for a worker", facts({ activeRun: { status: "queued" } }), "waiting"],
  ["that runs, even while paused", facts({ paused: true, activeRun: { status: "running" } }), "running"],
  ["whose last run failed", facts({ lastRun: { status: "failed" } }), "needs_attention"],
  [
    "that failed and waits for another attempt",
    facts({ lastRun: { status: "failed" }, activeRun: { status: "queued" } }),
    "needs_attention",
  ],
  ["whose last run asks a person", facts({ lastRun: { status: "needs_confirmation" } }), "needs_attention"],
  ["whose last run succeeded", facts({ lastRun: { status: "succeeded" } }), "healthy"],
  ["whose last run was cancelled", facts({ lastRun: { status: "cancelled" } }), "waiting"],
  ["that Headgate paused", facts({ paused: true, pausedFor: "schema_changed" }), "needs_attention"],
  ["that is paused after a failure", facts({ paused: true, lastRun: { status: "failed" } }), "paused"],
])("a flow %s", (_, given, status) => {
  expect(flowStatus(given)).toBe(status);
});
