import type { CheckEvent, CheckVerdict } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { noProgress, withEvent } from "./check-progress.ts";

const failed: CheckVerdict = {
  status: "failed",
  failure: { stage: "sign_in", code: "password_wrong", facts: {}, detail: "" },
};

function statuses(events: CheckEvent[]) {
  return events.reduce(withEvent, noProgress).stages.map((stage) => stage.status);
}

describe("progress of a check", () => {
  it("ticks stages as they arrive", () => {
    const events: CheckEvent[] = [
      { type: "stage", stage: "name", status: "running" },
      { type: "stage", stage: "name", status: "passed", milliseconds: 3, note: "10.0.0.5" },
      { type: "stage", stage: "port", status: "running" },
    ];
    expect(statuses(events).slice(0, 3)).toEqual(["passed", "running", "waiting"]);
  });

  it("marks the stage of a failed verdict and nothing after it, even when its own event was lost", () => {
    expect(statuses([{ type: "verdict", verdict: failed }])).toEqual([
      "passed",
      "passed",
      "passed",
      "failed",
      "waiting",
      "waiting",
      "waiting",
    ]);
  });
});
