import type { Receipt, SinkKind } from "@headgate/contract";
import { receiptBalances } from "@headgate/core";
import type { ReactElement } from "react";
import { formatBytes, formatCount } from "../../lib/format/numbers.ts";
import { SectionCard } from "../../ui/section-card.tsx";
import { Stat, StatList } from "../../ui/stat.tsx";
import { arrivedLabels } from "./arrived-labels.ts";
import classes from "./receipt-card.module.css";

/** Shown first and always where rows end in a table, then whatever else a run met. */
const parts = [
  { name: "created", label: "New", always: true },
  { name: "updated", label: "Changed", always: true },
  { name: "unchanged", label: "The same", always: true },
  { name: "skipped", label: "Skipped", always: false },
  { name: "invalid", label: "Not valid", always: false },
  { name: "rejected", label: "Set aside", always: false },
] as const satisfies readonly { name: keyof Receipt; label: string; always: boolean }[];

type Part = { readonly name: (typeof parts)[number]["name"]; readonly label: string };

/** What is sent or written has nothing to be compared with, so no row of it is changed or the same. */
function shownParts(receipt: Receipt, kind: SinkKind): Part[] {
  const table = kind === "postgres";
  return parts
    .filter(({ name, always }) => (always && (table || name === "created")) || receipt[name] > 0)
    .map(({ name, label }) => ({ name, label: name === "created" ? arrivedLabels[kind] : label }));
}

type Props = { readonly receipt: Receipt; readonly kind?: SinkKind | undefined };

/** What became of every row, with numbers that add up. */
export function ReceiptCard({ receipt, kind = "postgres" }: Props): ReactElement {
  const shown = shownParts(receipt, kind);
  return (
    <SectionCard title="Receipt" description="What became of every row.">
      <StatList>
        <Stat label="Rows read" value={formatCount(receipt.read)} hint={formatBytes(receipt.bytes)} />
        {shown.map(({ name, label }) => (
          <Stat key={name} label={label} value={formatCount(receipt[name])} />
        ))}
        {receipt.deleted > 0 && <Stat label="Deleted" value={formatCount(receipt.deleted)} />}
      </StatList>
      <p className={classes.balance}>{balance(receipt, shown)}</p>
    </SectionCard>
  );
}

function balance(receipt: Receipt, shown: readonly Part[]): string {
  if (receipt.read === 0) return "The source had no rows to send. That is a result, not a failure.";
  if (!receiptBalances(receipt)) return "These numbers do not add up.";
  const met = shown.filter(({ name }) => receipt[name] > 0);
  if (met.length === 1)
    return `It adds up: ${receipt.read === 1 ? "the one row is" : `all ${formatCount(receipt.read)} rows are`} accounted for.`;
  const sum = met.map(({ name }) => formatCount(receipt[name]));
  return `It adds up: ${sum.join(" + ")} = ${formatCount(receipt.read)}.`;
}
