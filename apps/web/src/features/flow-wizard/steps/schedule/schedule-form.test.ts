import { describe, expect, it } from "vitest";
import { clockChange, fromNow } from "./run-times.ts";
import { readySchedule, scheduleDefaults, typedSchedule } from "./schedule-form.ts";

const start = scheduleDefaults(undefined, "Europe/Paris");

describe("schedule form", () => {
  it("starts with a schedule that is ready as it stands", () => {
    expect(readySchedule(start)).toEqual({
      kind: "every",
      every: 1,
      unit: "hours",
      timeZone: "Europe/Paris",
      missed: "catch_up",
    });
  });

  it("keeps the answers of the kinds that are not chosen", () => {
    const typed = typedSchedule({ ...start, kind: "cron", expression: "*/5 * * * *", times: ["08:15"] });
    expect(scheduleDefaults(typed, "UTC")).toMatchObject({ kind: "cron", times: ["08:15"], timeZone: "Europe/Paris" });
  });

  it("judges only the chosen kind", () => {
    expect(readySchedule({ ...start, kind: "weekly", every: "soon" })?.kind).toBe("weekly");
    expect(readySchedule({ ...start, every: "soon" })).toBeUndefined();
    expect(readySchedule({ ...start, every: "1.5" })).toBeUndefined();
  });

  it("keeps a start that is typed and leaves a blank one out", () => {
    expect(typedSchedule(start)).not.toHaveProperty("startAt");
    expect(readySchedule({ ...start, startAt: "2026-11-30T08:00" })).toMatchObject({ startAt: "2026-11-30T08:00" });
  });
});

describe("run times", () => {
  const now = new Date("2026-11-21T09:00:00Z");

  it.each([
    ["2026-11-21T09:00:20Z", "in less than a minute"],
    ["2026-11-21T09:45:00Z", "in 45 minutes"],
    ["2026-11-21T18:00:00Z", "in 9 hours"],
    ["2026-11-24T09:00:00Z", "in 3 days"],
  ])("says %s as %s", (moment, words) => expect(fromNow(new Date(moment), now)).toBe(words));

  it("notes a clock change between two runs", () => {
    const [before, after] = [new Date("2026-03-28T06:00:00Z"), new Date("2026-03-29T05:00:00Z")];
    expect(clockChange(before, after, "Europe/Paris")).toBe("Clocks have gone forward by then");
    expect(clockChange(before, after, "UTC")).toBeUndefined();
  });
});
