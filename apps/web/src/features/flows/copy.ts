import type { BadRows, DestinationKind, FlowStatus, Overwrites, ReadMode, WriteMode } from "@headgate/contract";
import type { StatusLook } from "../../ui/status-badge.tsx";

export const flowStatusCopy: Readonly<Record<FlowStatus, { word: string; look: StatusLook }>> = {
  healthy: { word: "Healthy", look: "good" },
  running: { word: "Running", look: "busy" },
  waiting: { word: "Waiting", look: "waiting" },
  needs_attention: { word: "Needs attention", look: "bad" },
  paused: { word: "Paused", look: "paused" },
};

export const attentionCopy = {
  line: (connection: string): string => `Connection “${connection}” needs attention`,
  look: "Look at the connection",
} as const;

export const lastRunCopy = {
  answer: "Answer its question",
  look: (rows: string): string => `Look at ${rows} set aside`,
  asks: (title: string): string => `The last run asks you first: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
  asksText: "Nothing was written and nothing was deleted. It waits for your answer.",
  setAside: (rows: string): string => `The last run set ${rows} aside`,
  setAsideText: "The destination refused them; the others were written.",
  whole: "See the whole run",
} as const;

export const badRowsCopy: Readonly<Record<BadRows, string>> = {
  set_aside: "They are set aside and listed, up to 100 of them or one in a hundred; the others go on",
  stop: "The run stops, and nothing of it is kept",
};

/** Beside a column that an update does not always overwrite. */
export const overwrittenCopy: Readonly<Record<Overwrites, string>> = {
  always: "",
  with_values: "Kept when the source is empty",
  empty_only: "Filled only while it is empty",
};

/** Said of a flow whose destination keeps no state (V27). */
export const keptOutside =
  "Noted by Headgate itself, not at the destination: when a run is cut off at the wrong moment, one batch of rows is sent again";

export const writeModeCopy: Readonly<Record<WriteMode, { title: string; does: string }>> = {
  append: { title: "Add only", does: "Every row that is read is added as a new one; nothing is changed or deleted." },
  insert_missing: { title: "Add new rows only", does: "Rows with a new key are added; nothing is changed or deleted." },
  update: { title: "Update only", does: "Rows that are already there are updated; nothing is added or deleted." },
  upsert: { title: "Add and update", does: "New rows are added, changed rows are updated; nothing is deleted." },
  mirror: {
    title: "Keep the same",
    does: "Rows are added and updated; rows this flow brought are deleted when they are gone at the source. Before unusually many go, a run asks first.",
  },
  replace: {
    title: "Replace everything",
    does: "After every run the table holds exactly the source's rows; all others are deleted.",
  },
};

/** The same for rows that are sent off or become files. */
export const sentWords: Readonly<Record<DestinationKind, { readonly does: string; readonly stops: string }>> = {
  events: {
    does: "Every row that is read is sent as an event. A repeat carries the same messageId; deleted rows are not told.",
    stops: "The run stops; what was sent before stays sent",
  },
  webhook: {
    does: "Every row that is read is sent as JSON. A repeat carries the same Idempotency-Key; deleted rows are not told.",
    stops: "The run stops; what was sent before stays sent",
  },
  files: {
    does: "Every run writes one new file, complete or not at all; no file is changed or deleted.",
    stops: "The run stops, and no file is left behind",
  },
};

export const readModeCopy: Readonly<Record<ReadMode, string>> = {
  full: "All rows, every time",
  incremental: "Only rows that are new or changed since the last run",
};

export const homeCopy = {
  title: "Flows",
  lead: "A flow brings rows from a table to where you need them, on a schedule.",
  emptyTitle: "Make your first flow",
  emptyText: "It takes seven short steps, and nothing is copied before you press Start. Where would you like to begin?",
  connectTitle: "Connect your database",
  connectText:
    "You need its address, a user name and a password. Headgate tests every step and tells you what is missing.",
  practiceTitle: "Try with sample data",
  practiceText: "A small web shop with customers and orders is built in. Watch its rows arrive in about two minutes.",
  practiceMissing: "The sample data comes only with the one-command set-up.",
  draftsTitle: "Not finished yet",
} as const;
