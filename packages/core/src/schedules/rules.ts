import { Cron } from "croner";
import { weekdays, type Schedule } from "@headgate/contract";
import { day, minute, wallFromText, type Wall } from "./local-time.ts";
import type { WallRule } from "./wall-clock.ts";

type Of<K extends Schedule["kind"]> = Extract<Schedule, { kind: K }>;

/** Times on days of the week. */
export function weeklyRule({ days, times }: Of<"weekly">): WallRule {
  const minutes = times.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))).sort((a, b) => a - b);
  return {
    repeats: false,
    next(from) {
      for (let midnight = startOfDay(from), count = 0; count < 9; midnight += day, count += 1) {
        if (!days.some((name) => name === weekdayOf(midnight))) continue;
        const found = minutes.map((time) => midnight + time * minute).find((wall) => wall >= from);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** Every so many days at the time of day of `anchor`, whatever the clocks do in between. */
export function dailyRule(every: number, anchor: Wall): WallRule {
  const step = every * day;
  return { repeats: false, next: (from) => anchor + Math.ceil((from - anchor) / step) * step };
}

/** A valid cron expression; as in classic cron, one whose hour is `*` means "so and so often" (reliability V36). */
export function cronRule({ expression }: Pick<Of<"cron">, "expression">): WallRule {
  // croner reads the expression in UTC, where no clock ever changes; the zone's changes are applied to what it finds.
  const cron = new Cron(expression, { mode: "5-part", timezone: "UTC", paused: true });
  const [, hours = ""] = expression.trim().split(/\s+/);
  return { repeats: hours.startsWith("*"), next: (from) => cron.nextRun(new Date(from - 1))?.getTime() };
}

/** The first moment a schedule may run at, as a reading of its wall clock. */
export function startWall(schedule: Exclude<Schedule, { kind: "manual" }>): Wall | undefined {
  return schedule.startAt === undefined ? undefined : wallFromText(schedule.startAt);
}

function startOfDay(wall: Wall): Wall {
  return Math.floor(wall / day) * day;
}

/** Day 0 of the epoch was a Thursday; `weekdays` begins with Monday. */
function weekdayOf(midnight: Wall): string | undefined {
  return weekdays[(((midnight / day + 3) % 7) + 7) % 7];
}
