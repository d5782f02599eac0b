import { scheduleSchema, type Schedule } from "@headgate/contract";
import { describe, expect, test } from "vitest";
import { cronFault } from "./cron-text.ts";
import { validateSchedule } from "./validate-schedule.ts";

const timed = { timeZone: "Europe/Paris", missed: "skip" } as const;

describe("a cron expression", () => {
  test.each([
    "0 7 * * 1-5",
    "*/15 * * * *",
    "0 0 1,15 * *",
    "30 6 * JAN-MAR SUN",
    "0 0 29 2 *",
    "59 23 31 12 7",
    "10-50/20 * * * *",
  ])("%s is fine", (expression) => {
    expect(cronFault(expression)).toBeUndefined();
  });

  test.each([
    ["", "Enter a cron expression", "[B176]"],
    ["   ", "Enter a cron expression", "[B176]"],
    ["* * * * * *", "Seconds are not supported", "[B177]"],
    ["*/0 * * * *", "Minute: the number after the slash must be at least 1", "[B178]"],
    ["61 * * * *", "Minute must be 0 to 59", "[B179]"],
    ["0 0 30 2 *", "never comes", "[B180]"],
    ["0 0 31 4,6,9,11 *", "never comes", ""],
    ["@reboot", "Short forms", "[B181]"],
    ["@daily", "Short forms", ""],
    ["every day", "not a cron expression", "[B182]"],
    ["0 24 * * *", "Hour must be 0 to 23", ""],
    ["0 0 0 * *", "Day of month must be 1 to 31", ""],
    ["0 0 * 13 *", "Month must be 1 to 12", ""],
    ["0 0 * * 8", "Day of week must be 0 to 7", ""],
    ["0 0 L * *", "Day of month must be", ""],
    ["*/90 * * * *", "at most 59", ""],
    ["30-10 * * * *", "smaller number first", ""],
    ["1/2/3 * * * *", "two slashes", ""],
    ["-5 * * * *", "Minute must be", ""],
    ["５ * * * *", "Minute must be", ""],
  ])("%j is refused: %s… %s", (expression, message) => {
    expect(cronFault(expression)).toContain(message);
  });
});

describe("a schedule", () => {
  test("with a sound rule has no fault", () => {
    expect(validateSchedule({ kind: "manual" })).toEqual([]);
    expect(
      validateSchedule({ kind: "every", every: 5, unit: "minutes", startAt: "2028-02-29T00:00", ...timed }),
    ).toEqual([]);
  });

  test("names the field of every fault", () => {
    const schedule: Schedule = { kind: "cron", expression: "61 * * * *", startAt: "2026-02-31T10:00", ...timed };
    expect(validateSchedule(schedule).map(({ field }) => field)).toEqual(["expression", "startAt"]);
  });

  test.each([
    ["a zone of another planet [B183]", { timeZone: "Mars/Phobos" }],
    ["an abbreviation for a zone [B184]", { timeZone: "EST5EDT" }],
    ["a fixed offset for a zone [B184]", { timeZone: "UTC+25" }],
    ["a start in the year 9999 [B185]", { startAt: "9999-01-01T00:00" }],
    ["a start in the year 1970 [B185]", { startAt: "1970-01-01T00:00" }],
  ])("is refused with %s", (_, wrong) => {
    const schedule = { kind: "every", every: 1, unit: "hours", ...timed };
    expect(scheduleSchema.safeParse(schedule).success).toBe(true);
    expect(scheduleSchema.safeParse({ ...schedule, ...wrong }).success).toBe(false);
  });
});
