import { z } from "zod";
import { timeZoneSchema } from "./fields.ts";

export const intervalUnits = ["minutes", "hours", "days"] as const;
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export const weekdaySchema = z.enum(weekdays);
export type Weekday = z.infer<typeof weekdaySchema>;

/** A wall clock time, `00:00` to `23:59`. */
export const clockTimeSchema = z
  .string()
  .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, { error: "Enter a time such as 07:30." });

/** A wall clock moment in the schedule's own zone, `2026-11-21T07:30`. */
export const localMomentSchema = z
  .string()
  .regex(/^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]$/, {
    error: "Enter a day and a time between the years 2000 and 2099.",
  });

/** What happens with slots that passed while Headgate was down or the flow was paused. */
export const missedSchema = z.enum(["catch_up", "skip"]);

const timed = { timeZone: timeZoneSchema, startAt: localMomentSchema.optional(), missed: missedSchema };

/** When a flow runs. Every kind but `manual` has a time zone. */
export const scheduleSchema = z.discriminatedUnion(
  "kind",
  [
    z.object({ kind: z.literal("manual") }),
    z.object({
      kind: z.literal("every"),
      every: z
        .int({ error: "Enter a whole number." })
        .min(1, { error: "Enter at least 1." })
        .max(10_000, { error: "Enter at most 10,000." }),
      unit: z.enum(intervalUnits),
      ...timed,
    }),
    z.object({
      kind: z.literal("weekly"),
      days: z.array(weekdaySchema).min(1, { error: "Choose at least one day." }),
      times: z
        .array(clockTimeSchema)
        .min(1, { error: "Add at least one time." })
        .max(24, { error: "At most 24 times." }),
      ...timed,
    }),
    z.object({
      kind: z.literal("cron"),
      /** Five fields; whether it can ever fire is checked by `core`. */
      expression: z.string().trim().min(1, { error: "Enter a cron expression, for example 0 7 * * 1-5." }).max(120),
      ...timed,
    }),
  ],
  { error: "Choose when the flow runs." },
);
export type Schedule = z.infer<typeof scheduleSchema>;

/** The schedule form as far as it is filled in; kept with the draft so that a reload loses nothing. */
export const typedScheduleSchema = z.strictObject({
  kind: z.enum(["manual", "every", "weekly", "cron"]).optional(),
  every: z.union([z.number(), z.string().max(20)]).optional(),
  unit: z.enum(intervalUnits).optional(),
  days: z.array(weekdaySchema).max(7).optional(),
  times: z.array(z.string().max(20)).max(24).optional(),
  expression: z.string().max(200).optional(),
  timeZone: z.string().max(64).optional(),
  startAt: z.string().max(40).optional(),
  missed: missedSchema.optional(),
});
