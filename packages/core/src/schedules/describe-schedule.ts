import { toString as cronInWords } from "cronstrue";
import { weekdays, type Schedule, type Weekday } from "@headgate/contract";
import { cronFault, spelledOut } from "./cron-text.ts";
import { wallFromText } from "./local-time.ts";

type Timed = Exclude<Schedule, { kind: "manual" }>;

/** A schedule in plain words, for example `Every weekday at 02:00, Paris time`. */
export function describeSchedule(schedule: Schedule): string {
  if (schedule.kind === "manual") return "Only when you press Run now";
  const start = schedule.startAt === undefined ? undefined : startInWords(schedule.startAt);
  const parts = [ruleInWords(schedule), ...(start ? [`starting ${start}`] : [])];
  // The zone of an interval without a start changes nothing, so it is not said.
  if (schedule.kind !== "every" || start) parts.push(zoneInWords(schedule.timeZone));
  return parts.join(", ");
}

function ruleInWords(schedule: Timed): string {
  switch (schedule.kind) {
    case "every":
      return everyInWords(schedule.every, schedule.unit);
    case "weekly":
      return `Every ${daysInWords(schedule.days)} at ${list([...new Set(schedule.times)].sort())}`;
    case "cron":
      if (cronFault(schedule.expression)) return `Cron ${schedule.expression}`;
      return cronInWords(spelledOut(schedule.expression), {
        use24HourTimeFormat: true,
        throwExceptionOnParseError: false,
      });
  }
}

function everyInWords(every: number, unit: "minutes" | "hours" | "days"): string {
  return every === 1 ? `Every ${unit.slice(0, -1)}` : `Every ${every.toLocaleString("en-US")} ${unit}`;
}

function daysInWords(chosen: readonly Weekday[]): string {
  const days = weekdays.filter((day) => chosen.includes(day));
  if (days.length === 7) return "day";
  if (days.join() === weekdays.slice(0, 5).join()) return "weekday";
  return list(days.map((day) => day.charAt(0).toUpperCase() + day.slice(1)));
}

const startFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "long",
  year: "numeric",
});

function startInWords(startAt: string): string | undefined {
  const wall = wallFromText(startAt);
  return wall === undefined ? undefined : `${startFormat.format(wall)} at ${startAt.slice(11)}`;
}

/** `America/Argentina/Buenos_Aires` is `Buenos Aires time`. */
function zoneInWords(timeZone: string): string {
  if (timeZone === "UTC") return "UTC";
  return `${(timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ")} time`;
}

function list(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
