import { SegmentedControl } from "@mantine/core";
import type { ReactElement } from "react";
import { tableCopy } from "./copy.ts";

export type SourceKind = "table" | "query";

type Props = { readonly value: SourceKind; readonly onChange: (value: SourceKind) => void };

/** A table from the list, or a query of one's own. */
export function SourceSwitch({ value, onChange }: Props): ReactElement {
  return (
    <SegmentedControl
      value={value}
      onChange={(chosen) => onChange(chosen as SourceKind)}
      aria-label={tableCopy.which}
      data={[
        { value: "table", label: tableCopy.fromTable },
        { value: "query", label: tableCopy.fromQuery },
      ]}
    />
  );
}
