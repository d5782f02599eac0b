const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

const inWords = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** `in 9 hours`: the distance to a moment, in the largest unit that fits at least once. */
export function fromNow(moment: Date, now: Date): string {
  const distance = moment.getTime() - now.getTime();
  const [unit, length] = units.find(([, size]) => Math.abs(distance) >= size) ?? units[2];
  const count = Math.round(distance / length);
  return count === 0 ? "in less than a minute" : inWords.format(count, unit);
}

/** `Thu 26 Nov, 07:00` as clocks in that zone show it. */
export function wallClock(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return parts.format(moment);
}

/** How far the zone's clocks are from UTC at a moment, in minutes. */
export function offsetMinutes(moment: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  const name = format.formatToParts(moment).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const match = /([+-])(\d\d):(\d\d)/.exec(name);
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** Says at a run that clocks were changed since the one before it, because its distance then looks wrong. */
export function clockChange(before: Date, run: Date, timeZone: string): string | undefined {
  const change = offsetMinutes(run, timeZone) - offsetMinutes(before, timeZone);
  if (change === 0) return undefined;
  return change > 0 ? "Clocks have gone forward by then" : "Clocks have gone back by then";
}
