import type { Schedule } from "@headgate/contract";
import type { StepFault } from "../steps.ts";
import { cronFault } from "./cron-text.ts";
import { wallFromText } from "./local-time.ts";

/** What keeps a schedule, although well-formed, from ever running as it is meant to. */
export function validateSchedule(schedule: Schedule): StepFault[] {
  if (schedule.kind === "manual") return [];
  const faults: StepFault[] = [];
  if (schedule.kind === "cron") {
    const message = cronFault(schedule.expression);
    if (message) faults.push({ field: "expression", message });
  }
  if (schedule.startAt !== undefined && wallFromText(schedule.startAt) === undefined)
    faults.push({ field: "startAt", message: "This day is not in the calendar. Choose another start." });
  return faults;
}
