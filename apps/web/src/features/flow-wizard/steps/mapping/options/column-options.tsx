import type { Draft, Overwrites } from "@headgate/contract";
import { NativeSelect } from "@mantine/core";
import type { ReactElement } from "react";
import { SectionCard } from "../../../../../ui/section-card.tsx";
import type { MappingChange, MappingRow } from "../mapping-rows.ts";
import { optionsCopy, overwriteWords } from "./copy.ts";
import classes from "./column-options.module.css";

type Props = {
  readonly draft: Draft;
  readonly rows: readonly MappingRow[];
  readonly onChange: (change: MappingChange) => void;
};

/** Which columns an update may not always overwrite; only where rows are updated one value at a time. */
export function ColumnOptions({ draft, rows, onChange }: Props): ReactElement | null {
  const { kind = "postgres", target, writeMode, syncKey = [] } = draft.steps.destination ?? {};
  if (kind !== "postgres" || (writeMode !== "update" && writeMode !== "upsert")) return null;
  const isKey = (row: MappingRow): boolean => syncKey.includes(target === "create" ? row.source : row.destination);
  const free = rows.filter((row) => row.send && row.field && !isKey(row));
  const chosen = free.filter((row) => row.overwrites !== undefined);
  const others = free.filter((row) => row.overwrites === undefined);
  const choose = (source: string, overwrites: Overwrites | undefined): void =>
    onChange({ type: "overwrites", source, overwrites });

  return (
    <SectionCard title={optionsCopy.title} description={optionsCopy.intro}>
      <ul className={classes.list}>
        {chosen.map(({ source, overwrites }) => (
          <li key={source}>
            <NativeSelect
              label={source}
              value={overwrites}
              onChange={({ currentTarget: { value } }) =>
                choose(source, value === "always" ? undefined : (value as Overwrites))
              }
              data={Object.entries(overwriteWords).map(([value, label]) => ({ value, label }))}
            />
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <NativeSelect
          label={optionsCopy.add}
          value=""
          onChange={({ currentTarget: { value } }) => choose(value, "with_values")}
          data={[{ value: "", label: optionsCopy.choose }, ...others.map(({ source }) => source)]}
        />
      )}
    </SectionCard>
  );
}
