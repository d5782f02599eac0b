import type { Schedule } from "@headgate/contract";
import { hour, minute, momentOf, wallOf } from "./local-time.ts";
import { cronRule, dailyRule, startWall, weeklyRule } from "./rules.ts";
import { moments } from "./wall-clock.ts";

type Timed = Exclude<Schedule, { kind: "manual" }>;

/** The next moments after `from` at which a valid schedule runs; none for `manual`. */
export function nextRuns(schedule: Schedule, from: Date, count: number): Date[] {
  if (schedule.kind === "manual") return [];
  return take(slots(schedule, from.getTime(), from.getTime()), count);
}

/**
 * The slot to plan next once `plannedSlot` is being handled at `now`. Slots that have passed in between are not made up
 * for one by one: they are one catch-up run (the one at `plannedSlot`) or none, see `skipsSlot`.
 */
export function scheduleAfter(schedule: Schedule, plannedSlot: Date, now: Date): Date | null {
  if (schedule.kind === "manual") return null;
  const after = Math.max(plannedSlot.getTime(), now.getTime());
  return take(slots(schedule, after, plannedSlot.getTime()), 1)[0] ?? null;
}

/** Later than this a slot counts as missed: the tick comes every second, so only a standstill makes it so late. */
const missedAfter = 5 * minute;

/** Whether a slot is so late that a schedule that skips missed runs leaves it out. */
export function skipsSlot(schedule: Schedule, plannedSlot: Date, now: Date): boolean {
  if (schedule.kind === "manual") return true;
  return schedule.missed === "skip" && now.getTime() - plannedSlot.getTime() > missedAfter;
}

/**
 * Fixes where an interval counts from: the minute of publishing, unless a start was chosen. Without it, `every 2 days`
 * would shift for good when one of its runs falls into the hour that clocks leave out.
 */
export function anchorSchedule(schedule: Schedule, published: Date): Schedule {
  if (schedule.kind !== "every" || schedule.startAt !== undefined) return schedule;
  const wall = wallOf(schedule.timeZone, published.getTime());
  return { ...schedule, startAt: new Date(wall).toISOString().slice(0, 16) };
}

function slots(schedule: Timed, after: number, anchor: number): Iterable<number> {
  const zone = schedule.timeZone;
  const start = startWall(schedule);
  const first = start === undefined ? undefined : momentOf(zone, start);
  const from = first === undefined ? after : Math.max(after, first - 1);
  switch (schedule.kind) {
    case "weekly":
      return moments(weeklyRule(schedule), zone, from);
    case "cron":
      return moments(cronRule(schedule), zone, from);
    case "every":
      if (schedule.unit === "days")
        return moments(dailyRule(schedule.every, start ?? wallOf(zone, anchor)), zone, from);
      return exact(schedule.every * (schedule.unit === "hours" ? hour : minute), from, first ?? anchor);
  }
}

/** 45 minutes means 45 minutes, counted from the anchor: never rounded to the clock (features §6, complaint 7). */
function* exact(step: number, after: number, anchor: number): Generator<number> {
  for (let moment = anchor + (Math.floor((after - anchor) / step) + 1) * step; ; moment += step) yield moment;
}

function take(found: Iterable<number>, count: number): Date[] {
  const dates: Date[] = [];
  if (count < 1) return dates;
  for (const moment of found) {
    dates.push(new Date(moment));
    if (dates.length === count) break;
  }
  return dates;
}
