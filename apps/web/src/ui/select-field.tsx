import { Select } from "@mantine/core";
import type { ReactElement } from "react";
import type { FieldValues } from "react-hook-form";
import { useField, type FieldProps } from "./field.ts";

type Props<T extends FieldValues, C, O> = FieldProps<T, C, O> & {
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  readonly searchable?: boolean;
  readonly placeholder?: string;
  readonly maxWidth?: string;
};

/** One of several; find it in tests by `getByRole("combobox", { name })`, as the label also names the list. */
export function SelectField<T extends FieldValues, C, O>(props: Props<T, C, O>): ReactElement {
  const { id, field, error } = useField(props);
  const { ref, name, value, onChange, onBlur } = field;
  const { label, hint, disabled, options, searchable, placeholder, maxWidth } = props;
  return (
    <Select
      id={id}
      label={label}
      description={hint}
      error={error}
      name={name}
      data={options.map((option) => ({ ...option }))}
      value={(value ?? null) as string | null}
      onChange={onChange}
      onBlur={onBlur}
      ref={ref}
      disabled={disabled ?? false}
      searchable={searchable ?? false}
      allowDeselect={false}
      nothingFoundMessage="Nothing found"
      {...(placeholder && { placeholder })}
      {...(maxWidth && { maw: maxWidth })}
    />
  );
}
