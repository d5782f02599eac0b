import type { Schedule, Weekday } from "@headgate/contract";
import { expect, test } from "vitest";
import { describeSchedule } from "./describe-schedule.ts";

const timed = { timeZone: "Europe/Paris", missed: "skip" } as const;
const weekly = (days: Weekday[], times: string[]): Schedule => ({ kind: "weekly", days, times, ...timed });
const cron = (expression: string): Schedule => ({ kind: "cron", expression, ...timed });

test.each<[Schedule, string]>([
  [{ kind: "manual" }, "Only when you press Run now"],
  [{ kind: "every", every: 45, unit: "minutes", ...timed }, "Every 45 minutes"],
  [{ kind: "every", every: 1, unit: "hours", ...timed }, "Every hour"],
  [
    { kind: "every", every: 2, unit: "days", startAt: "2026-11-21T07:30", ...timed },
    "Every 2 days, starting 21 November 2026 at 07:30, Paris time",
  ],
  [weekly(["friday", "monday", "wednesday", "tuesday", "thursday"], ["02:00"]), "Every weekday at 02:00, Paris time"],
  [weekly(["sunday", "monday"], ["19:00", "07:30"]), "Every Monday and Sunday at 07:30 and 19:00, Paris time"],
  [
    {
      ...weekly(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], ["06:00"]),
      timeZone: "UTC",
    } as Schedule,
    "Every day at 06:00, UTC",
  ],
  [
    { ...cron("0 2 * * 1-5"), timeZone: "America/Argentina/Buenos_Aires" } as Schedule,
    "At 02:00, Monday through Friday, Buenos Aires time",
  ],
  [cron("*/15 * * * *"), "Every 15 minutes, Paris time"],
  [cron("*/45 * * * *"), "At 0 and 45 minutes past the hour, Paris time"],
  [cron("nonsense"), "Cron nonsense, Paris time"],
])("%j is told as %j", (schedule, words) => {
  expect(describeSchedule(schedule)).toBe(words);
});
