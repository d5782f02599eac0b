import type { StepId } from "@headgate/contract";

export type StepCopy = {
  /** One or two words for the step list. */
  readonly short: string;
  readonly title: string;
  readonly intro: string;
  /** Answers "What is this?"; one paragraph each. */
  readonly help: readonly string[];
};

export const stepCopy: Record<StepId, StepCopy> = {
  credentials: {
    short: "Credentials",
    title: "Credentials",
    intro: "Tell Headgate how to reach the database that holds your rows.",
    help: [
      "A database is a program on some computer. To read from it, Headgate needs the computer's address, the name of the database, and a user with a password.",
      "Whoever runs the database can tell you all of them, often as one line that starts with postgres:// or Server=. Paste that line and the form fills itself.",
      "Your password is stored encrypted and is never shown again. A user who can only read is enough.",
    ],
  },
  test: {
    short: "Test",
    title: "Test connection",
    intro: "Headgate tries the connection one step at a time, so that you see where it gets stuck.",
    help: [
      "The test looks up the server, knocks at its port, agrees on encryption, signs in, opens the database and reads a little from one table. It changes nothing.",
      "If a stage fails you see what happened and what to do. When only an administrator can help, copy the ready message and send it.",
    ],
  },
  table: {
    short: "Table",
    title: "Choose a table",
    intro: "Pick the table or view whose rows should travel.",
    help: [
      "A table is a list of rows with the same columns, like a sheet. A view looks like a table but is computed from others. A schema is a folder for tables.",
      "The numbers of rows are the database's own estimates. “Size unknown” means that nobody has counted yet; it does not mean that the table is empty.",
    ],
  },
  destination: {
    short: "Destination",
    title: "Choose the destination",
    intro: "Say where the rows go, and what happens to rows that are already there.",
    help: [
      "The destination is a table in a PostgreSQL database, an event API such as RudderStack or Segment, a webhook, or files. Headgate can use a table that exists or create a new one.",
      "“Add and update” needs a way to tell whether a row is already there: columns whose values never repeat, such as a customer number.",
    ],
  },
  mapping: {
    short: "Mapping",
    title: "Map the columns",
    intro: "Tick the columns that travel, and give them other names where you like.",
    help: [
      "Only ticked columns leave the source. Anything you leave out stays untouched at the destination.",
      "Beside the columns you see one real row as it will arrive, with the names you chose.",
    ],
  },
  schedule: {
    short: "Schedule",
    title: "Set the schedule",
    intro: "Decide when the flow runs.",
    help: [
      "Times are meant in the time zone you choose, also when clocks change in spring and autumn.",
      "Cron is a short notation that system administrators use; you never need it.",
    ],
  },
  review: {
    short: "Review",
    title: "Review and start",
    intro: "Look at everything once more. Nothing has been written so far.",
    help: [
      "The dry run reads both sides and counts what would happen. It writes nothing.",
      "You can change any answer now or later; starting does not lock anything in.",
    ],
  },
};

export const wizardCopy = {
  listLabel: "Set-up steps",
  position: (number: number, total: number): string => `Step ${number} of ${total}`,
  finished: "finished",
  newFlow: "New flow",
  help: "What is this?",
  back: "Back",
  backToReview: "Back to the review",
  later: "Save and finish later",
  goOn: "Continue",
  saving: "Saving…",
  saved: "Saved",
  sentBack: (wanted: string, missing: string): string =>
    `“${wanted}” opens as soon as “${missing}” is finished, so you are here.`,
  practiceTitle: "Practice mode",
  practice:
    "You are working with a sample shop and an empty sample database that came with Headgate. Nothing here is real and nothing can break.",
  notSavedTitle: "Your last changes are not saved yet",
  tryAgain: "Try again",
  outdatedTitle: "This flow was changed somewhere else",
  outdated:
    "Another tab or person saved this flow after you opened it. Choose which answers for this step should stay.",
  loadNewer: "Load the newer answers",
  keepMine: "Keep mine",
  leaveTitle: "Leave without saving?",
  leave: "Your last changes could not be saved. If you leave now, they are lost.",
  stay: "Stay here",
  leaveAnyway: "Leave anyway",
  loading: "Loading your answers…",
  goneTitle: "This unfinished flow is gone",
  gone: "It was started or thrown away in another tab, or by someone else.",
  toFlows: "Go to your flows",
} as const;

/** `Step 2 of 7: Test connection` */
export function stepHeading(number: number, total: number, title: string): string {
  return `Step ${number} of ${total}: ${title}`;
}
