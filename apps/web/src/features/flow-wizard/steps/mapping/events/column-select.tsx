import type { Stream } from "@headgate/contract";
import type { EventMappingFault } from "@headgate/core";
import { Select } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { useFormContext } from "react-hook-form";
import { useField } from "../../../../../ui/field.ts";
import type { EventsMappingForm } from "./events-form.ts";
import classes from "./events.module.css";

type Props = {
  readonly name: "userId" | "anonymousId" | "eventColumn" | "timestamp";
  readonly label: string;
  readonly hint: ReactNode;
  /** What it says while no column is chosen; left out where one has to be. */
  readonly none?: string;
  readonly fields: Stream["fields"];
  readonly faults: readonly EventMappingFault[];
};

/** One of the table's columns; one that is gone stays to be seen until another is chosen. */
export function ColumnSelect({ name, label, hint, none, fields, faults }: Props): ReactElement {
  const { control } = useFormContext<EventsMappingForm>();
  const { id, field, error } = useField({ control, name: `events.${name}` });
  const { ref, value, onChange, onBlur } = field;
  const chosen = typeof value === "string" ? value : "";
  const known = fields.map((column) => ({ value: column.name, label: `${column.name} (${column.type})` }));
  const gone = chosen !== "" && known.every((option) => option.value !== chosen);
  const problem = faults.find(({ severity }) => severity === "error")?.message ?? error;
  const warning = problem === undefined ? faults[0]?.message : undefined;
  return (
    <div>
      <Select
        id={id}
        label={label}
        description={hint}
        error={problem}
        data={[
          ...(none === undefined ? [] : [{ value: "", label: none }]),
          ...(gone ? [{ value: chosen, label: chosen }] : []),
          ...known,
        ]}
        value={chosen === "" && none === undefined ? null : chosen}
        onChange={(next) => onChange(next ?? "")}
        onBlur={onBlur}
        ref={ref}
        searchable
        allowDeselect={false}
        nothingFoundMessage="Nothing found"
        placeholder="Choose a column"
      />
      {warning && <p className={classes.warning}>{warning}</p>}
    </div>
  );
}
