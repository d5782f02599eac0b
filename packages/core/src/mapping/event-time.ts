const pattern = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(?:([+-]\d{2})(?::?(\d{2}))?)?)?$/;

/**
 * PostgreSQL's text of a moment as ISO 8601 with milliseconds, `2026-01-31T08:00:00.123Z`; further digits are cut, a
 * moment without a zone is UTC, a date its midnight. Undefined for what such a text cannot
 * say: infinity, years before Christ or after 9999.
 */
export function eventTime(text: string): string | undefined {
  const [, day, time = "00:00:00", fraction = "", hours, minutes = "00"] = pattern.exec(text) ?? [];
  if (day === undefined) return undefined;
  const zone = hours === undefined || (/^[+-]00$/.test(hours) && minutes === "00") ? "Z" : `${hours}:${minutes}`;
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, "0")}${zone}`;
}
