import type { Run } from "@headgate/contract";
import type { ReactElement } from "react";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { runStatusCopy } from "./copy.ts";

export function RunBadge({ run }: { readonly run: Pick<Run, "status" | "cancelRequested"> }): ReactElement {
  if (run.status === "running" && run.cancelRequested) return <StatusBadge look="busy">Stopping</StatusBadge>;
  const { look, word } = runStatusCopy[run.status];
  return <StatusBadge look={look}>{word}</StatusBadge>;
}
