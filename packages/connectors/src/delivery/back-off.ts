const firstMs = 500;
const longestMs = 60_000;
/** However long a receiver asks to be left alone. */
const longestAskedMs = 15 * 60_000;

/**
 * How long to wait after the nth failure in a row, counted from 1: anything up to a limit that doubles (full jitter).
 * `chance` is at least 0 and less than 1.
 */
export function backOffMs(failures: number, chance: number): number {
  return Math.floor(chance * Math.min(longestMs, firstMs * 2 ** (failures - 1)));
}

/** Reads `Retry-After`, seconds or a date, capped at 15 minutes; 0 for none, the past, or what is neither. */
export function retryAfterMs(header: string | undefined, now: number): number {
  const text = header?.trim() ?? "";
  const milliseconds = /^[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) * 1000 : dateMs(text) - now;
  return milliseconds > 0 ? Math.min(milliseconds, longestAskedMs) : 0;
}

/** Only the form HTTP prescribes: `Date.parse` would find a date in almost anything. */
function dateMs(text: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? Date.parse(text) : Number.NaN;
}
