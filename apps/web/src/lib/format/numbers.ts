const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const oneDigit = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function formatCount(count: number): string {
  return whole.format(count);
}

/** `1.2K`, for narrow places. */
export function formatShortCount(count: number): string {
  return short.format(count);
}

/** `1 row`, `2 rows`, `1,204 rows`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** PostgreSQL's guesses are not exact, so neither is what we say: `about 12,400 rows`. */
export function formatEstimate(rows: number | null): string {
  if (rows === null || rows < 0) return "size unknown";
  if (rows === 0) return "probably empty";
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(rows)) - 2);
  return `about ${countOf(Math.round(rows / digits) * digits, "row")}`;
}

/** Thousands, as disks are sold: `532 B`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${oneDigit.format(bytes / 1000 ** step)} ${units[step]}`;
}

/** From milliseconds: `under a second`, `8 seconds`, `2 min 5 s`, `3 h 20 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return "under a second";
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return countOf(seconds, "second");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? countOf(minutes, "minute") : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? countOf(hours, "hour") : `${hours} h ${minutes % 60} min`;
  return countOf(Math.floor(hours / 24), "day");
}

/** Short, for stages of a check: `12 ms`, `1.3 s`. */
export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${oneDigit.format(milliseconds / 1000)} s`;
}
