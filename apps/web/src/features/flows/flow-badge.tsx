import type { Flow } from "@headgate/contract";
import type { ReactElement } from "react";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { runStatusCopy, setAsideCopy } from "../runs/copy.ts";
import { rowsSetAside } from "../runs/run-look.ts";
import { flowStatusCopy } from "./copy.ts";

type Props = { readonly flow: Pick<Flow, "status" | "lastRun"> };

/** How a flow is doing; a question, and rows that were set aside, are told apart from failing and from all being well. */
export function FlowBadge({ flow: { status, lastRun } }: Props): ReactElement {
  const asks = status === "needs_attention" && lastRun?.status === "needs_confirmation";
  const lacksRows = status === "healthy" && lastRun && rowsSetAside(lastRun) > 0;
  const { look, word } = asks ? runStatusCopy.needs_confirmation : lacksRows ? setAsideCopy : flowStatusCopy[status];
  return <StatusBadge look={look}>{word}</StatusBadge>;
}
