import type { MappingFault } from "@headgate/core";
import { NativeSelect, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { mappingCopy } from "./copy.ts";
import type { MappingChange, MappingRow } from "./mapping-rows.ts";
import classes from "./mapping.module.css";

type Props = {
  readonly id: string;
  readonly row: MappingRow;
  readonly targets: readonly { readonly name: string; readonly type: string }[] | undefined;
  readonly faults: readonly MappingFault[];
  readonly onChange: (change: MappingChange) => void;
};

/** The name on arrival: free text for a new table, one of its columns for an existing one. */
export function DestinationName({ id, row, targets, faults, onChange }: Props): ReactElement {
  const { source, send, destination } = row;
  const wrong = faults.some((fault) => fault.severity === "error");
  const shared = {
    id,
    className: classes.destination ?? "",
    "aria-invalid": wrong,
    "aria-describedby": faults.length > 0 ? `${id}-faults` : undefined,
    disabled: !send,
    size: "sm",
  } as const;
  if (!targets) {
    return (
      <TextInput
        {...shared}
        aria-label={mappingCopy.nameLabel(source)}
        value={destination}
        error={wrong}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onChange({ type: "rename", source, destination: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
      />
    );
  }
  const known = targets.some((target) => target.name === destination);
  return (
    <NativeSelect
      {...shared}
      aria-label={mappingCopy.columnLabel(source)}
      value={send && known ? destination : ""}
      error={wrong}
      data={[
        { value: "", label: send ? mappingCopy.choose : mappingCopy.notSent, disabled: true },
        ...targets.map(({ name, type }) => ({ value: name, label: `${name} (${type})` })),
      ]}
      onChange={(event) => onChange({ type: "rename", source, destination: event.currentTarget.value })}
    />
  );
}
