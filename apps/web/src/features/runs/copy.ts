import type { Hold, Progress, Run } from "@headgate/contract";
import type { StatusLook } from "../../ui/status-badge.tsx";

export const runStatusCopy: Readonly<Record<Run["status"], { word: string; look: StatusLook }>> = {
  queued: { word: "Waiting to start", look: "waiting" },
  running: { word: "Running", look: "busy" },
  succeeded: { word: "Succeeded", look: "good" },
  failed: { word: "Failed", look: "bad" },
  cancelled: { word: "Stopped", look: "stopped" },
  needs_confirmation: { word: "Asks you", look: "waiting" },
};

export const triggerCopy: Readonly<Record<Run["trigger"], string>> = {
  manual: "Started by hand",
  schedule: "Started by the schedule",
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

/** What a held run asks, by reason. `{rows}` would go, `{there}` are at the destination. */
export const holdCopy: Readonly<Record<Hold["reason"], HoldWords>> = {
  first_on_filled: {
    title: "The destination already holds {there}",
    why: "This flow keeps the table the same as the source. Rows with the same key are changed to what the source has, and from then on they belong to this flow: gone at the source, they are deleted here. Rows with other keys stay untouched.",
  },
  too_many_deletes: {
    title: "{rows} would be deleted, of {there}",
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
};
