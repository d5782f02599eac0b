import type { CheckEvent, CheckVerdict } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { halted, freshProgress, withEvent } from "./check-progress.ts";

const failed: CheckVerdict = {
  status: "failed",
  failure: { stage: "sign_in", code: "password_wrong", facts: {}, detail: "" },
};

function statuses(events: CheckEvent[]) {
  return events.reduce(withEvent, freshProgress()).stages.map((stage) => stage.status);
}

describe("progress of a check", () => {
  it("ticks stages as they arrive", () => {
    const events: CheckEvent[] = [
      { type: "stage", stage: "name", status: "running" },
      { type: "stage", stage: "name", status: "passed", milliseconds: 3, note: "10.0.0.5" },
      { type: "stage", stage: "route", status: "running" },
    ];
    expect(statuses(events).slice(0, 3)).toEqual(["passed", "running", "waiting"]);
  });

  it("shows the stages a check will have before it begins", () => {
    const named = (kind: Parameters<typeof freshProgress>[0]) => freshProgress(kind).stages.map(({ stage }) => stage);
    expect(named({})).toEqual(["name", "route", "port", "tls", "sign_in", "database", "schema", "table"]);
    expect(named({ tunnel: true }).slice(2, 5)).toEqual(["port", "tunnel", "tls"]);
    expect(named({ as: "destination" }).at(-1)).toBe("write");
  });

  it("a verdict without events marks its stage and claims nothing of the others", () => {
    const shown = statuses([{ type: "verdict", verdict: failed }]);
    expect(shown.filter((status) => status === "failed")).toHaveLength(1);
    expect(shown.filter((status) => status === "waiting")).toHaveLength(7);
  });

  it("an earlier stage that turns out to be the guilty one takes the mark from the one under way", () => {
    const events: CheckEvent[] = [
      { type: "stage", stage: "route", status: "passed", milliseconds: 1 },
      { type: "stage", stage: "port", status: "running" },
      { type: "stage", stage: "route", status: "failed", milliseconds: 9 },
      { type: "verdict", verdict: { status: "failed", failure: { ...failed.failure, stage: "route" } } },
    ];
    expect(statuses(events).slice(0, 3)).toEqual(["waiting", "failed", "waiting"]);
  });

  it("nothing goes on turning once a check was stopped", () => {
    const running = withEvent(freshProgress(), { type: "stage", stage: "name", status: "running" });
    expect(halted(running).stages.every(({ status }) => status === "waiting")).toBe(true);
  });
});
