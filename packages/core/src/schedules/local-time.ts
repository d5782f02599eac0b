const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * A wall clock reading, as the milliseconds that UTC would show the same reading at.
 * Only such numbers may be compared or added to each other; they are no moments.
 */
export type Wall = number;

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
export function offsetAt(timeZone: string, moment: number): number {
  const second = Math.floor(moment / 1000) * 1000;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter(timeZone).formatToParts(second)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
}

/** The first moment after `from` and up to `to` at which the clocks jump, or undefined. Steps of a day miss nothing. */
export function nextClockChange(timeZone: string, from: number, to: number): number | undefined {
  const before = offsetAt(timeZone, from);
  for (let step = from; step < to;) {
    const end = Math.min(step + day, to);
    if (offsetAt(timeZone, end) !== before) return narrow(timeZone, step, end, before);
    step = end;
  }
  return undefined;
}

/** The moment a wall clock shows a reading: the first of two, or the end of the gap when it shows it never. */
export function momentOf(timeZone: string, wall: Wall): number {
  const early = wall - offsetAt(timeZone, wall - day);
  const late = wall - offsetAt(timeZone, wall + day);
  const valid = [early, late].filter((moment) => moment + offsetAt(timeZone, moment) === wall);
  if (valid.length > 0) return Math.min(...valid);
  return nextClockChange(timeZone, Math.min(early, late) - 1, Math.max(early, late)) ?? early;
}

/** What the wall clock shows at a moment. */
export function wallOf(timeZone: string, moment: number): Wall {
  return moment + offsetAt(timeZone, moment);
}

/** Reads `2026-11-21T07:30`; undefined for days that no calendar has, such as 30 February. */
export function wallFromText(text: string): Wall | undefined {
  const wall = Date.parse(`${text}:00Z`);
  return Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(text) ? undefined : wall;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

function narrow(timeZone: string, from: number, to: number, before: number): number {
  let low = Math.floor(from / 1000);
  let high = Math.ceil(to / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const created = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(timeZone, created);
  return created;
}
