const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** `12 minutes ago`, `in 3 hours`, `tomorrow`; within half a minute it is `just now` or `in a moment`. */
export function formatRelative(moment: Date, now: Date): string {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  if (size < 30) return seconds <= 0 ? "just now" : "in a moment";
  if (size < 90 * 60) return relative.format(nonZero(seconds / 60), "minute");
  if (size < 36 * 3600) return relative.format(nonZero(seconds / 3600), "hour");
  if (size < 45 * 86_400) return relative.format(nonZero(seconds / 86_400), "day");
  return relative.format(nonZero(seconds / (30.4 * 86_400)), "month");
}

function nonZero(value: number): number {
  return Math.round(value) || Math.sign(value);
}

/** `21 Nov 2026, 09:30 CET`, in the person's own zone unless one is given. */
export function formatMoment(moment: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(moment);
}

/** `21 Nov 2026, 09:30:05 CET`, where seconds tell things apart. */
export function formatExactMoment(moment: Date): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(moment);
}

/** `26 Nov 2026` of a day without a clock, `2026-11-26`. */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(day),
  );
}

/** `21 Nov, 09:30`, for lists where the year is plain. */
export function formatShortMoment(moment: Date): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(moment);
}

/** The zone this browser is set to; `UTC` where it does not say a region. */
export function browserTimeZone(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone && zone.includes("/") ? zone : "UTC";
}
