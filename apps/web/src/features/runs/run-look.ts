import type { Run } from "@headgate/contract";
import type { StatusLook } from "../../ui/status-badge.tsx";
import { runStatusCopy, setAsideCopy } from "./copy.ts";

export type ShownRun = Pick<Run, "status" | "cancelRequested" | "receipt">;

/** How a run is doing, in a word or three, with the look that goes with it. */
export function runLook(run: ShownRun): { readonly word: string; readonly look: StatusLook } {
  if (run.status === "running" && run.cancelRequested) return { word: "Stopping", look: "busy" };
  return run.status === "succeeded" && rowsSetAside(run) > 0 ? setAsideCopy : runStatusCopy[run.status];
}

/** How many rows the destination refused in a run that went on without them. */
export function rowsSetAside({ receipt }: Pick<Run, "receipt">): number {
  return receipt?.rejected ?? 0;
}
