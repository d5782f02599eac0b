import type { Receipt } from "@headgate/contract";
import type { ReactElement } from "react";
import { formatCount } from "../../lib/format/numbers.ts";
import { SectionCard } from "../../ui/section-card.tsx";
import { Stat, StatList } from "../../ui/stat.tsx";
import { undoCopy } from "./copy.ts";

/** The receipt of a run that undid another. */
export function UndoneCard({ receipt }: { readonly receipt: Receipt }): ReactElement {
  return (
    <SectionCard title={undoCopy.doneTitle} description={undoCopy.done}>
      <StatList>
        <Stat label={undoCopy.wasRemoved} value={formatCount(receipt.deleted)} />
        <Stat label={undoCopy.wasRestored} value={formatCount(receipt.updated)} />
        <Stat label={undoCopy.wasReturned} value={formatCount(receipt.created)} />
        <Stat label={undoCopy.wasLeft} value={formatCount(receipt.skipped)} />
      </StatList>
    </SectionCard>
  );
}
