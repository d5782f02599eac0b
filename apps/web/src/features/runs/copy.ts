import type { Progress, Run } from "@headgate/contract";
import type { StatusLook } from "../../ui/status-badge.tsx";

export const runStatusCopy: Readonly<Record<Run["status"], { word: string; look: StatusLook }>> = {
  queued: { word: "Waiting to start", look: "waiting" },
  running: { word: "Running", look: "busy" },
  succeeded: { word: "Succeeded", look: "good" },
  failed: { word: "Failed", look: "bad" },
  cancelled: { word: "Stopped", look: "stopped" },
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
