import type { Schedule } from "@headgate/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anchorSchedule, nextRuns, scheduleAfter, skipsSlot } from "./next-runs.ts";

const at = (text: string): Date => new Date(text);
const texts = (dates: readonly Date[]): string[] => dates.map((date) => date.toISOString().replace(":00.000Z", "Z"));

const every = (
  count: number,
  unit: "minutes" | "hours" | "days",
  more: Partial<Extract<Schedule, { kind: "every" }>> = {},
) => ({ kind: "every", every: count, unit, timeZone: "Europe/Paris", missed: "catch_up", ...more }) satisfies Schedule;
const daily = (times: string[], timeZone: string) =>
  ({
    kind: "weekly",
    days: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    times,
    timeZone,
    missed: "catch_up",
  }) satisfies Schedule;
const cron = (expression: string, timeZone = "Europe/Paris") =>
  ({ kind: "cron", expression, timeZone, missed: "catch_up" }) satisfies Schedule;

describe("intervals", () => {
  test("count exactly from the moment of publishing: 45 minutes are 45 minutes", () => {
    expect(texts(nextRuns(every(45, "minutes"), at("2026-11-21T07:10:00Z"), 4))).toEqual([
      "2026-11-21T07:55Z",
      "2026-11-21T08:40Z",
      "2026-11-21T09:25Z",
      "2026-11-21T10:10Z",
    ]);
  });

  test("begin exactly at a chosen start, and keep to it when it has passed", () => {
    const schedule = every(3, "hours", { startAt: "2026-11-21T12:30" });
    expect(texts(nextRuns(schedule, at("2026-11-20T00:00:00Z"), 2))).toEqual([
      "2026-11-21T11:30Z",
      "2026-11-21T14:30Z",
    ]);
    expect(texts(nextRuns(schedule, at("2026-11-22T00:00:00Z"), 1))).toEqual(["2026-11-22T02:30Z"]);
    expect(texts(nextRuns(schedule, at("2026-11-21T11:30:00Z"), 1))).toEqual(["2026-11-21T14:30Z"]);
  });

  test("of hours run in both of the two hours when clocks go back [V36] [F21]", () => {
    const schedule = every(1, "hours", { startAt: "2026-10-25T00:30" });
    expect(texts(nextRuns(schedule, at("2026-10-24T22:30:00Z"), 4))).toEqual([
      "2026-10-24T23:30Z", // 01:30 summer time
      "2026-10-25T00:30Z", // 02:30 summer time
      "2026-10-25T01:30Z", // 02:30 winter time
      "2026-10-25T02:30Z",
    ]);
  });

  test("of days keep the time of day over both clock changes, without drifting after the gap", () => {
    const schedule = every(1, "days", { startAt: "2026-03-27T02:30" });
    expect(texts(nextRuns(schedule, at("2026-03-27T12:00:00Z"), 3))).toEqual([
      "2026-03-28T01:30Z",
      "2026-03-29T01:00Z", // 02:30 does not exist: 03:00, the first minute that does
      "2026-03-30T00:30Z",
    ]);
    const afterGap = scheduleAfter(schedule, at("2026-03-29T01:00:00Z"), at("2026-03-29T01:00:01Z"));
    expect(afterGap?.toISOString()).toBe("2026-03-30T00:30:00.000Z");
  });

  test("get the minute of publishing as their start", () => {
    const anchored = anchorSchedule(every(2, "days"), at("2026-07-01T10:20:37Z"));
    expect(anchored).toMatchObject({ startAt: "2026-07-01T12:20" });
    expect(anchorSchedule(anchored, at("2027-01-01T00:00:00Z"))).toEqual(anchored);
    expect(texts(nextRuns(anchored, at("2026-07-01T10:20:37Z"), 1))).toEqual(["2026-07-03T10:20Z"]);
  });
});

describe("times of day when clocks change", () => {
  // zone, time, from, then the expected runs
  test.each([
    ["Europe/Paris", "02:30", "2026-03-28T12:00:00Z", ["2026-03-29T01:00Z", "2026-03-30T00:30Z"]],
    ["America/New_York", "02:30", "2026-03-07T12:00:00Z", ["2026-03-08T07:00Z", "2026-03-09T06:30Z"]],
    ["Australia/Lord_Howe", "02:15", "2026-10-03T00:00:00Z", ["2026-10-03T15:30Z", "2026-10-04T15:15Z"]],
    ["America/Sao_Paulo", "00:00", "2018-11-03T12:00:00Z", ["2018-11-04T03:00Z", "2018-11-05T02:00Z"]],
    ["Europe/Berlin", "02:30", "2026-03-28T12:00:00Z", ["2026-03-29T01:00Z", "2026-03-30T00:30Z"]],
    ["Pacific/Apia", "09:00", "2011-12-29T12:00:00Z", ["2011-12-29T19:00Z", "2011-12-30T10:00Z", "2011-12-30T19:00Z"]],
  ])(
    "a time that %s leaves out (%s) runs once, at the first minute that exists [V36] [F21]",
    (zone, time, from, expected) => {
      expect(texts(nextRuns(daily([time], zone), at(from), expected.length))).toEqual(expected);
    },
  );

  test.each([
    ["Europe/Paris", "02:30", "2026-10-24T12:00:00Z", ["2026-10-25T00:30Z", "2026-10-26T01:30Z"]],
    ["America/New_York", "01:30", "2026-10-31T12:00:00Z", ["2026-11-01T05:30Z", "2026-11-02T06:30Z"]],
    ["Australia/Lord_Howe", "01:45", "2026-04-04T00:00:00Z", ["2026-04-04T14:45Z", "2026-04-05T15:15Z"]],
    ["America/Sao_Paulo", "23:30", "2018-02-17T12:00:00Z", ["2018-02-18T01:30Z", "2018-02-19T02:30Z"]],
  ])("a time that %s has twice (%s) runs once, the first time [V36] [F21]", (zone, time, from, expected) => {
    expect(texts(nextRuns(daily([time], zone), at(from), 2))).toEqual(expected);
  });

  test("asking between the two hours does not bring the second one up", () => {
    const between = at("2026-10-25T00:45:00Z");
    expect(texts(nextRuns(daily(["02:30"], "Europe/Paris"), between, 1))).toEqual(["2026-10-26T01:30Z"]);
    expect(texts(nextRuns(cron("30 2 * * *"), between, 1))).toEqual(["2026-10-26T01:30Z"]);
  });

  test("two times in one gap are one run", () => {
    const runs = nextRuns(daily(["02:10", "02:40"], "Europe/Paris"), at("2026-03-29T00:00:00Z"), 2);
    expect(texts(runs)).toEqual(["2026-03-29T01:00Z", "2026-03-30T00:10Z"]);
  });

  test("cron follows the same rules: a time of day once, an hourly one in every hour there is [V36] [B187]", () => {
    expect(texts(nextRuns(cron("30 2 * * *", "Europe/Berlin"), at("2026-03-28T12:00:00Z"), 2))).toEqual([
      "2026-03-29T01:00Z",
      "2026-03-30T00:30Z",
    ]);
    expect(texts(nextRuns(cron("0 * * * *"), at("2026-10-24T23:30:00Z"), 3))).toEqual([
      "2026-10-25T00:00Z",
      "2026-10-25T01:00Z",
      "2026-10-25T02:00Z",
    ]);
    expect(texts(nextRuns(cron("30 * * * *"), at("2026-03-29T00:00:00Z"), 3))).toEqual([
      "2026-03-29T00:30Z",
      "2026-03-29T01:30Z",
      "2026-03-29T02:30Z",
    ]);
  });
});

describe("weekdays and cron", () => {
  test("run on their days at their times, in order", () => {
    const schedule: Schedule = {
      kind: "weekly",
      days: ["friday", "monday"],
      times: ["19:00", "07:30"],
      timeZone: "America/New_York",
      missed: "skip",
    };
    expect(texts(nextRuns(schedule, at("2026-11-20T12:30:00Z"), 4))).toEqual([
      "2026-11-21T00:00Z",
      "2026-11-23T12:30Z",
      "2026-11-24T00:00Z",
      "2026-11-27T12:30Z",
    ]);
  });

  test("do not begin before their start", () => {
    const schedule = { ...daily(["07:00"], "UTC"), startAt: "2027-01-10T07:00" } satisfies Schedule;
    expect(texts(nextRuns(schedule, at("2026-11-20T00:00:00Z"), 1))).toEqual(["2027-01-10T07:00Z"]);
    expect(
      texts(nextRuns({ ...cron("0 12 * * *", "UTC"), startAt: "2027-01-10T13:00" }, at("2026-11-20T00:00:00Z"), 1)),
    ).toEqual(["2027-01-11T12:00Z"]);
  });

  test("find 29 February years ahead, and know when there is none", () => {
    expect(texts(nextRuns(cron("0 0 29 2 *", "UTC"), at("2026-01-01T00:00:00Z"), 2))).toEqual([
      "2028-02-29T00:00Z",
      "2032-02-29T00:00Z",
    ]);
    expect(nextRuns(cron("0 0 30 2 *", "UTC"), at("2026-01-01T00:00:00Z"), 2)).toEqual([]);
  });

  test("by hand means never", () => {
    expect(nextRuns({ kind: "manual" }, at("2026-01-01T00:00:00Z"), 5)).toEqual([]);
    expect(scheduleAfter({ kind: "manual" }, at("2026-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"))).toBeNull();
  });
});

describe("slots that were missed", () => {
  test("are followed by the first slot that lies ahead, on the same grid", () => {
    const schedule = every(45, "minutes");
    const planned = at("2026-11-21T07:55:00Z");
    expect(scheduleAfter(schedule, planned, at("2026-11-21T07:55:00.400Z"))?.toISOString()).toBe(
      "2026-11-21T08:40:00.000Z",
    );
    expect(scheduleAfter(schedule, planned, at("2026-11-22T08:00:00Z"))?.toISOString()).toBe(
      "2026-11-22T08:40:00.000Z",
    );
  });

  test("are left out only when the schedule says so and they are really late", () => {
    const late = at("2026-11-21T09:00:00Z");
    const slot = at("2026-11-21T08:00:00Z");
    expect(skipsSlot(every(1, "hours"), slot, late)).toBe(false);
    expect(skipsSlot(every(1, "hours", { missed: "skip" }), slot, late)).toBe(true);
    expect(skipsSlot(every(1, "hours", { missed: "skip" }), slot, at("2026-11-21T08:00:30Z"))).toBe(false);
  });
});

describe("whatever the zone and the moment", () => {
  const zones = fc.constantFrom(
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "UTC",
  );
  const moments = fc.date({ min: at("2015-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z"), noInvalidDate: true });
  const times = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));

  test("a daily time runs exactly once on every day of the calendar, and asking again from a run gives the next [V36] [F21]", () => {
    fc.assert(
      fc.property(zones, moments, times, (timeZone, from, [hour, minute]) => {
        const time = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
        const schedule = daily([time], timeZone);
        const runs = nextRuns(schedule, from, 5);
        const days = runs.map((run) => run.toLocaleDateString("en-CA", { timeZone }));
        const calendar = Array.from({ length: 5 }, (_, index) =>
          new Date(Date.parse(`${days[0]}T00:00:00Z`) + index * 86_400_000).toISOString().slice(0, 10),
        );
        expect(days).toEqual(calendar);
        expect(runs.every((run, index) => run > (runs[index - 1] ?? from))).toBe(true);
        expect(nextRuns(schedule, runs[0] ?? from, 1)).toEqual([runs[1]]);
      }),
    );
  });

  test("cron and the same times of day agree", () => {
    fc.assert(
      fc.property(zones, moments, times, (timeZone, from, [hour, minute]) => {
        const time = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
        expect(nextRuns(cron(`${minute} ${hour} * * *`, timeZone), from, 3)).toEqual(
          nextRuns(daily([time], timeZone), from, 3),
        );
      }),
    );
  });
});
