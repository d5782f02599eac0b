import type { Run } from "@headgate/contract";
import type { ReactElement } from "react";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { runStatusCopy } from "./copy.ts";

export function RunBadge({
  run,
}: {
  readonly run: Pick<Run, "status" | "cancelRequested"> & { readonly receipt?: Run["receipt"] };
}): ReactElement {
  if (run.status === "running" && run.cancelRequested) return <StatusBadge look="busy">Stopping</StatusBadge>;
  if (run.receipt && run.receipt.rejected > 0) return <StatusBadge look="waiting">Finished with problems</StatusBadge>;
  const { look, word } = runStatusCopy[run.status];
  return <StatusBadge look={look}>{word}</StatusBadge>;
}
