import { scheduleSchema, type intervalUnits, type Schedule, type TypedSteps, type Weekday } from "@headgate/contract";

type TypedSchedule = NonNullable<TypedSteps["schedule"]>;

/** The whole form; each kind of schedule reads the part of it that is its own. */
export type ScheduleForm = {
  kind: Schedule["kind"];
  every: string;
  unit: (typeof intervalUnits)[number];
  days: Weekday[];
  times: string[];
  expression: string;
  timeZone: string;
  startAt: string;
  missed: "catch_up" | "skip";
};

export function scheduleDefaults(typed: TypedSchedule | undefined, timeZone: string): ScheduleForm {
  return {
    kind: typed?.kind ?? "every",
    every: String(typed?.every ?? 1),
    unit: typed?.unit ?? "hours",
    days: typed?.days ?? ["monday", "tuesday", "wednesday", "thursday", "friday"],
    times: typed?.times ?? ["07:00"],
    expression: typed?.expression ?? "0 7 * * 1-5",
    timeZone: typed?.timeZone ?? timeZone,
    startAt: typed?.startAt ?? "",
    missed: typed?.missed ?? "catch_up",
  };
}

/** The form as the draft keeps it: all kinds, so that trying another kind loses nothing; blanks are left out. */
export function typedSchedule({ startAt, ...form }: ScheduleForm): TypedSchedule {
  return { ...form, every: wholeNumber(form.every), ...(startAt === "" ? {} : { startAt }) };
}

/** The schedule when the form already makes one, for the sentence and the next runs beside it. */
export function readySchedule(form: ScheduleForm): Schedule | undefined {
  return scheduleSchema.safeParse(typedSchedule(form)).data;
}

function wholeNumber(text: string): number | string {
  const digits = text.trim();
  return /^[0-9]{1,9}$/.test(digits) ? Number(digits) : digits;
}
