import type { ReactElement } from "react";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { tableCopy } from "./copy.ts";

export type SourceKind = "table" | "query";

type Props = { readonly value: SourceKind; readonly onChange: (value: SourceKind) => void };

/** A table from the list, or a query of one's own. */
export function SourceSwitch({ value, onChange }: Props): ReactElement {
  return (
    <RadioCards
      legend={tableCopy.which}
      name="from"
      value={value}
      columns={2}
      onChange={(chosen) => onChange(chosen as SourceKind)}
    >
      <RadioCard value="table" title={tableCopy.fromTable} />
      <RadioCard value="query" title={tableCopy.fromQuery} />
    </RadioCards>
  );
}
