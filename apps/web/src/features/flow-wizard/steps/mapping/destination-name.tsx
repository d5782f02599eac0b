import type { ChangeEvent, ReactElement } from "react";
import type { RowFault } from "./column-list.tsx";
import { mappingCopy } from "./copy.ts";
import classes from "./destination-name.module.css";
import type { MappingChange, MappingRow } from "./mapping-rows.ts";

type Props = {
  readonly id: string;
  /** Names the field of a free name. */
  readonly label: string;
  readonly row: MappingRow;
  readonly targets: readonly { readonly name: string; readonly type: string }[] | undefined;
  readonly faults: readonly RowFault[];
  readonly onChange: (change: MappingChange) => void;
};

/**
 * The name on arrival: free text for a new table, one of its columns for an existing one. Native elements, as a table
 * may have 1,600 columns and each has one.
 */
export function DestinationName({ id, label, row, targets, faults, onChange }: Props): ReactElement {
  const { source, send, destination } = row;
  const shared = {
    id,
    className: classes.name,
    disabled: !send,
    "aria-invalid": faults.some((fault) => fault.severity === "error"),
    // The words themselves stand below the row.
    "aria-describedby": faults.length > 0 ? `${id}-faults` : undefined,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      onChange({ type: "rename", source, destination: event.currentTarget.value }),
  };
  if (!targets) {
    return (
      <input
        {...shared}
        type="text"
        aria-label={label}
        value={destination}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onKeyDown={(event) => {
          // Enter would otherwise leave the step.
          if (event.key === "Enter") event.preventDefault();
        }}
      />
    );
  }
  const known = targets.some((target) => target.name === destination);
  return (
    <select {...shared} aria-label={mappingCopy.columnLabel(source)} value={send && known ? destination : ""}>
      <option value="" disabled>
        {send ? mappingCopy.choose : mappingCopy.notSent}
      </option>
      {targets.map(({ name, type }) => (
        <option key={name} value={name}>{`${name} (${type})`}</option>
      ))}
    </select>
  );
}
