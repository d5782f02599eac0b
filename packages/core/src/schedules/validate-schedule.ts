import type { Schedule } from "@headgate/contract";
import { cronFault } from "./cron-text.ts";
import { wallFromText } from "./local-time.ts";

/** A field of the schedule and what is wrong with it. */
export type ScheduleFault = { readonly field: "expression" | "startAt"; readonly message: string };

/** What keeps a schedule, although well-formed, from ever running as it is meant to. */
export function validateSchedule(schedule: Schedule): ScheduleFault[] {
  if (schedule.kind === "manual") return [];
  const faults: ScheduleFault[] = [];
  if (schedule.kind === "cron") {
    const message = cronFault(schedule.expression);
    if (message) faults.push({ field: "expression", message });
  }
  if (schedule.startAt !== undefined && wallFromText(schedule.startAt) === undefined)
    faults.push({ field: "startAt", message: "This day is not in the calendar. Choose another start." });
  return faults;
}
