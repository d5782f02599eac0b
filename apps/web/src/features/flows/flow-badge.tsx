import type { FlowStatus } from "@headgate/contract";
import type { ReactElement } from "react";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { flowStatusCopy } from "./copy.ts";

export function FlowBadge({ status }: { readonly status: FlowStatus }): ReactElement {
  const { look, word } = flowStatusCopy[status];
  return <StatusBadge look={look}>{word}</StatusBadge>;
}
