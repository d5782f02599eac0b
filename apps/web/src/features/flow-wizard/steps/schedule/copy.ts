import type { intervalUnits, Weekday } from "@headgate/contract";
import type { ScheduleForm } from "./schedule-form.ts";

export const kindCards: Record<ScheduleForm["kind"], { readonly title: string; readonly text: string }> = {
  every: { title: "Every so often", text: "Every few minutes, hours or days" },
  weekly: { title: "On certain days", text: "Days of the week, at the times you choose" },
  cron: { title: "Custom (cron)", text: "For those who know the notation" },
  manual: { title: "Only when I press Run now", text: "Nothing happens by itself" },
};

export const unitNames: Record<(typeof intervalUnits)[number], string> = {
  minutes: "minutes",
  hours: "hours",
  days: "days",
};

export const dayNames: Record<Weekday, string> = {
  monday: "Monday",
  tuesday: "Tuesday",
  wednesday: "Wednesday",
  thursday: "Thursday",
  friday: "Friday",
  saturday: "Saturday",
  sunday: "Sunday",
};

export const missedCards: Record<ScheduleForm["missed"], { readonly title: string; readonly text: string }> = {
  catch_up: { title: "Run once as soon as possible", text: "However many runs were missed, it catches up with one." },
  skip: { title: "Wait for the next one", text: "What was missed stays missed." },
};

export const scheduleCopy = {
  when: "When should it run?",
  every: "Every",
  unit: "Unit",
  days: "Days",
  times: "Times",
  time: (number: number): string => `Time ${number}`,
  addTime: "Add a time",
  removeTime: (time: string): string => `Remove ${time || "this time"}`,
  cron: "Cron expression",
  cronHint: "Five parts: minute, hour, day of month, month, day of week. For example 0 7 * * 1-5",
  timeZone: "Time zone",
  timeZoneHint: "As clocks there show it",
  startAt: "Starting at (optional)",
  startAtHint: "Leave it empty to start right away",
  missed: "What if Headgate was off, or the flow paused, when a run was due?",
  nextTitle: "What this means",
  nextRuns: "Next runs",
  manual: "The flow waits until someone presses Run now.",
  notReady: "Fill in the answers on this page to see when the flow will run.",
  never: "With these answers it would never run.",
  timesIn: (zone: string): string => `Times in ${zone}`,
} as const;
