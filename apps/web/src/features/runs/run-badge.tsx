import type { ReactElement } from "react";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { runLook, type ShownRun } from "./run-look.ts";

export function RunBadge({ run }: { readonly run: ShownRun }): ReactElement {
  const { look, word } = runLook(run);
  return <StatusBadge look={look}>{word}</StatusBadge>;
}
