import { nameStyles, type inNameStyle, type NameStyle } from "@headgate/core";
import { NativeSelect } from "@mantine/core";
import type { ReactElement } from "react";
import { mappingCopy } from "./copy.ts";
import { styleOf, type MappingChange, type MappingRow } from "./mapping-rows.ts";
import classes from "./mapping.module.css";

type Props = {
  readonly rows: readonly MappingRow[];
  readonly named: typeof inNameStyle;
  readonly onChange: (change: MappingChange) => void;
};

/** Gives all columns names of one style; what it shows follows from the names themselves. */
export function NameStyleField({ rows, named, onChange }: Props): ReactElement {
  const current = styleOf(rows, named) ?? "";
  return (
    <NativeSelect
      className={classes.style ?? ""}
      label={mappingCopy.style}
      value={current}
      onChange={(event) => {
        const style = event.currentTarget.value as NameStyle;
        onChange({ type: "rename_all", named: (source) => named(source, style) });
      }}
    >
      <option value="" disabled>
        {mappingCopy.ownNames}
      </option>
      {nameStyles.map((style) => (
        <option key={style} value={style}>
          {mappingCopy.styles[style]}
        </option>
      ))}
    </NativeSelect>
  );
}
