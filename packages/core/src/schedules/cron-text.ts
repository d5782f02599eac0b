import { cronRule } from "./rules.ts";

type CronField = {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Three letters instead of a number; their values begin with `low`. */
  readonly names: readonly string[];
};

const cronFields: readonly CronField[] = [
  { name: "Minute", low: 0, high: 59, names: [] },
  { name: "Hour", low: 0, high: 23, names: [] },
  { name: "Day of month", low: 1, high: 31, names: [] },
  {
    name: "Month",
    low: 1,
    high: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  },
  { name: "Day of week", low: 0, high: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
];

const shape =
  "Write five parts with spaces between: minute, hour, day of month, month, day of week, as in 0 7 * * 1-5.";

/** Says in one sentence what is wrong with a cron expression, or undefined (bad inputs 176-182, 187). */
export function cronFault(expression: string): string | undefined {
  const text = expression.trim();
  if (text === "") return "Enter a cron expression, for example 0 7 * * 1-5.";
  if (text.startsWith("@")) return `Short forms such as @daily and @reboot are not supported. ${shape}`;
  const parts = text.split(/\s+/);
  if (parts.length === 6 || parts.length === 7)
    return `Seconds are not supported; a flow runs at most once a minute. ${shape}`;
  if (parts.length !== 5) return `This is not a cron expression. ${shape}`;
  for (const [index, field] of cronFields.entries()) {
    const fault = fieldFault(parts[index] ?? "", field);
    if (fault) return fault;
  }
  const found = cronRule({ expression: text }).next(Date.UTC(2024, 0, 1));
  return found === undefined ? "This day never comes, so the flow would never run. Choose another date." : undefined;
}

function fieldFault(text: string, field: CronField): string | undefined {
  for (const item of text.split(",")) {
    const [range = "", step, ...more] = item.split("/");
    if (more.length > 0) return `${field.name} has two slashes in one part.`;
    const fault = rangeFault(range, field) ?? stepFault(step, range, field);
    if (fault) return fault;
  }
  return undefined;
}

function rangeFault(range: string, field: CronField): string | undefined {
  if (range === "*") return undefined;
  const ends = range.split("-");
  const values = ends.map((end) => valueOf(end, field));
  if (ends.length > 2 || values.some((value) => value === undefined)) return `${field.name} must be ${bounds(field)}.`;
  const [from = 0, to = from] = values;
  return to! < from! ? `${field.name} counts upwards: write the smaller number first.` : undefined;
}

function stepFault(step: string | undefined, range: string, field: CronField): string | undefined {
  if (step === undefined) return undefined;
  const value = /^[0-9]{1,3}$/.test(step) ? Number(step) : 0;
  if (value < 1) return `${field.name}: the number after the slash must be at least 1.`;
  if (range !== "*" && !range.includes("-")) return `${field.name}: write */${value} or a range before the slash.`;
  if (value > field.high) return `${field.name}: the number after the slash must be at most ${field.high}.`;
  return undefined;
}

function valueOf(text: string, { low, high, names }: CronField): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + low;
  const value = /^[0-9]{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : undefined;
}

function bounds({ low, high, names }: CronField): string {
  return names.length === 0 ? `${low} to ${high}` : `${low} to ${high}, or ${names[0]} to ${names.at(-1)}`;
}

/**
 * Spells out steps that do not divide their range, because `*\/45` runs at minute 0 and 45 and not every 45 minutes,
 * and words made from it should say so.
 */
export function spelledOut(expression: string): string {
  const parts = expression.trim().split(/\s+/);
  return parts.map((part, index) => (index < 2 ? spellSteps(part, index === 0 ? 60 : 24) : part)).join(" ");
}

function spellSteps(part: string, size: number): string {
  const step = Number(/^\*\/([0-9]+)$/.exec(part)?.[1] ?? 1);
  if (size % step === 0) return part;
  return Array.from({ length: Math.ceil(size / step) }, (_, index) => index * step).join(",");
}
