import type { Connection, ExpiryKind, ExpiryWarning } from "@headgate/contract";

const dayMs = 86_400_000;

/** Days before the end at which each level begins, the most urgent first. The last day itself still counts. */
const levels = [
  { level: "expired", fromDays: -1 },
  { level: "week", fromDays: 7 },
  { level: "month", fromDays: 30 },
] as const;

/** What of a connection has ended or ends within 30 days, the nearest first. Days are those of UTC, as in certificates. */
export function expiryWarnings({ expiries }: Pick<Connection, "expiries">, now: Date): ExpiryWarning[] {
  const today = Math.floor(now.getTime() / dayMs);
  return (Object.entries(expiries) as [ExpiryKind, string][])
    .flatMap(([kind, on]) => {
      const daysLeft = Math.floor(Date.parse(on) / dayMs) - today;
      const found = levels.find(({ fromDays }) => daysLeft <= fromDays);
      return found ? [{ kind, on, level: found.level, daysLeft }] : [];
    })
    .toSorted((one, other) => one.daysLeft - other.daysLeft);
}
