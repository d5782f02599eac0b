const pattern =
  /^(\d{4,6})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?(?:([+-])(\d{2})(?::(\d{2}))?(?::(\d{2}))?)?)?( BC)?$/;

const dayMicros = 86_400_000_000n;
const longest = 2n ** 63n - 1n;

/**
 * Microseconds since 1970 of PostgreSQL's text of a date or moment, exact, without a zone as if in UTC. Undefined for
 * infinity and for what 64 bits cannot hold.
 */
export function momentMicros(text: string): bigint | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hours = "0", minutes = "0", seconds = "0", fraction = "", sign, ...zone] = found;
  const [zoneHours = "0", zoneMinutes = "0", zoneSeconds = "0", era] = zone;
  const astronomical = era === undefined ? Number(year) : 1 - Number(year);
  const clock =
    secondsOf(hours, minutes, seconds) - (sign === "-" ? -1n : 1n) * secondsOf(zoneHours, zoneMinutes, zoneSeconds);
  const micros =
    BigInt(daysFrom1970(astronomical, Number(month), Number(day))) * dayMicros +
    clock * 1_000_000n +
    BigInt(fraction.padEnd(6, "0"));
  return micros > longest || micros < -longest ? undefined : micros;
}

/** Whole days since 1970 of PostgreSQL's text of a date. */
export function dateDays(text: string): number | undefined {
  const micros = text.includes(":") ? undefined : momentMicros(text);
  return micros === undefined ? undefined : Number(micros / dayMicros);
}

function secondsOf(hours: string, minutes: string, seconds: string): bigint {
  return BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
}

/** Days of the Gregorian calendar, by counting years from March on, so that the leap day is a year's last. */
function daysFrom1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
