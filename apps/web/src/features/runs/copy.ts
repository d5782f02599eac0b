import { undoDays, type Hold, type Progress, type Run } from "@headgate/contract";
import type { StatusLook } from "../../ui/status-badge.tsx";

export const runStatusCopy: Readonly<Record<Run["status"], { word: string; look: StatusLook }>> = {
  queued: { word: "Waiting to start", look: "waiting" },
  running: { word: "Running", look: "busy" },
  succeeded: { word: "Succeeded", look: "good" },
  failed: { word: "Failed", look: "bad" },
  cancelled: { word: "Stopped", look: "stopped" },
  needs_confirmation: { word: "Needs your answer", look: "warning" },
};

/** A run that ended, but without some of its rows. */
export const setAsideCopy = { word: "Finished with problems", look: "warning" } as const satisfies {
  word: string;
  look: StatusLook;
};

export const triggerCopy: Readonly<Record<Run["trigger"], string>> = {
  manual: "Started by hand",
  schedule: "Started by the schedule",
  retry: "To try rows again that were set aside",
  undo: "Started to undo a run",
};

export const stageCopy: Readonly<Record<Progress["stage"], string>> = {
  connecting: "Connect",
  reading: "Read and copy",
  merging: "Merge",
  finishing: "Finish",
};

/** Beside the kind of failure stands whether anyone has to do anything. */
export const failureKindCopy = {
  settings: "Someone has to change something before this can work.",
  temporary: "This often passes by itself. The next run tries again.",
  bug: "This looks like a fault in Headgate.",
} as const;

type HoldWords = { readonly title: string; readonly why: string };

/**
 * What a held run asks, by reason. `{rows}` (as a bare number `{deleted}`) would go, `{there}` are there,
 * `{added}` would be added, where runs usually have `{usual}`.
 */
export const holdCopy: Readonly<Record<Hold["reason"], HoldWords>> = {
  first_on_filled: {
    title: "The destination already holds {there}",
    why: "This flow keeps the table the same as the source. Rows with the same key are changed to what the source has, and from then on they belong to this flow: gone at the source, they are deleted here. Rows with other keys stay untouched.",
  },
  too_many_deletes: {
    title: "{deleted} of {there} would be deleted",
    why: "That is more than this flow deletes without asking. Perhaps rows were cleared at the source by mistake.",
  },
  source_empty: {
    title: "The source is empty; {rows} would be deleted",
    why: "A source that was full before and is empty now is rarely meant.",
  },
  source_changed: {
    title: "The source is not the table it was; {rows} would be deleted",
    why: "It was restored, moved to another server or made anew. Rows that are missing there may only be missing by accident.",
  },
  question_changed: {
    title: "The flow was changed; {rows} would be deleted",
    why: "Other columns or another key travel now, so other rows may count as gone.",
  },
  place_lost: {
    title: "Headgate cannot tell which rows it has added already",
    why: "The source was restored, moved or made anew, or the flow finds its rows in another way than before. Rows that are only added have no key by which they could be found again.",
  },
  unusual_count: {
    title: "{added} count as new, far more than usual",
    why: "A run of this flow usually reads about {usual}. When a table is rewritten, for example by a change of a column's type, all its rows look new, and adding or sending them again cannot be taken back. Say yes if there really is this much to add.",
  },
};

export const holdCardCopy = {
  title: "This run asks you first",
  nothing: "Nothing was written and nothing was deleted.",
  deleted: "Would be deleted",
  created: "New",
  updated: "Changed",
  there: "At the destination now",
  keys: (some: boolean): string => `Keys of ${some ? "some" : "the"} rows that would go`,
  type: (number: string): string => `To go on, type ${number}`,
  typeHint: (counted: boolean): string =>
    counted ? "Your yes counts for one run, for this many rows and a tenth more." : "Your yes counts for one run.",
  wrong: (number: string): string =>
    `This is not the number of rows. Type ${number} to say yes, or leave everything as it is.`,
  yes: "Go on with the run",
  no: "If this is not what you expect, do nothing: without your yes everything stays as it is.",
  goOnTitle: "Go on from here",
  goOn: "Rows that are at the source now count as added, and only what is new or changed from now on is. After a fail-over of the same server the flow goes on where its last run ended.",
  goOnButton: "Go on from here",
  readAllTitle: "Read everything again",
  readAll: (rows: string): string =>
    `All ${rows} of the source are added, also those that are at the destination already. Choose this when the destination is empty, or when rows may stand there twice.`,
  readAllButton: "Add all rows again",
  lateTitle: "This question is closed",
  late: "It was asked more than 24 hours ago, and its numbers say little by now. Press Run again to count anew.",
  answered: "The flow has run again since.",
  newest: "See the newest run",
} as const;

export const undoCopy = {
  title: "Undo this run",
  intro: "Takes back what this run wrote, all of it or nothing. Rows that somebody has changed since stay as they are.",
  look: "Count what would be undone",
  removed: "Would be removed",
  restored: "Would be changed back",
  returned: "Would be put back",
  left: "Changed since, stay as they are",
  comesAgain:
    "The flow stands then where it stood before this run, so its next run brings the rows again. Pause the flow first if they should stay away.",
  type: (number: string): string => `To undo, type ${number}`,
  wrong: (number: string): string => `This is not the number of rows. Type ${number} to undo, or leave all as it is.`,
  yes: "Undo this run",
  none: "No row of this run is there to be undone.",
  not_kept: "What the rows were before this run is not kept any more: a newer run has come, or it was undone already.",
  newer_run: "The flow has run again since. Only its last run can be undone.",
  too_late: `It ended more than ${undoDays} days ago.`,
  table_changed: "The columns of the destination table have changed since.",
  linked: "Rows of other tables would be deleted or changed with the rows of this one.",
  triggers: "The table has triggers or rules, so rows may have been written with the run that nobody kept.",
  impossible: "This run cannot be undone",
  doneTitle: "What was undone",
  done: "Rows of the destination that stand again as they did before.",
  wasRemoved: "Removed",
  wasRestored: "Changed back",
  wasReturned: "Put back",
  wasLeft: "Left alone",
  sentence: (rows: string): string => `${rows} undone at the destination.`,
} as const;

/** Said of columns at one side, between their number and their names. */
export const notesCopy = {
  title: "Worth knowing about this run",
  columns_added: (many: boolean, side: string): string => `${many ? "are" : "is"} new at the ${side} and left alone`,
  columns_gone: (many: boolean, side: string): string =>
    `that this flow does not copy ${many ? "are" : "is"} gone from the ${side}`,
  values_may_lack: (_many: boolean, side: string): string => `that this flow copies may be empty at the ${side} now`,
  rule_broken: (rows: string, column: string): string =>
    `${rows} did not keep a rule of ${column}; as the flow says, they were copied all the same.`,
  rows_not_found: (rows: string, one: boolean): string =>
    `${rows} that ${one ? "was" : "were"} to be tried again could not be found at the source by ${one ? "its key" : "their keys"}.`,
} as const;

/** Why a run has not read what is there already. */
export const waitingCopy = {
  title: "Rows wait for a transaction that is still open at the source",
  sentence: (since: string): string =>
    `Somebody else has been in the middle of a change there since ${since}. Rows written after it are read as soon as it ends, so that none is missed. If nobody knows of it, whoever runs the database can find and end it.`,
} as const;

export const rejectedCopy = {
  title: "Rows set aside",
  intro:
    "The destination refused these rows, or they break a rule of the flow; the others were written without them. Put them right at the source, and a later run brings them. The list is kept for 14 days.",
  failed:
    "The destination refused so many rows that the run stopped and kept nothing. These are the first of them. The list is kept for 14 days.",
  gone: "The list of this run is no longer kept.",
  retry: "Try these rows again",
  retryHint: "Reads just these rows once more, as the source has them now.",
  retried: "A later run has tried these rows again. Those it could not write are listed there.",
  seeRetry: "See that run",
  row: "Row",
  rule: "Column or rule",
  reason: "What is wrong",
  download: "Download as CSV",
  showAll: (rows: string): string => `Show all ${rows}`,
} as const;
