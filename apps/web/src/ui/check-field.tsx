import { Checkbox } from "@mantine/core";
import type { ReactElement } from "react";
import type { FieldValues } from "react-hook-form";
import { useField, type FieldProps } from "./field.ts";

/** Yes or no. */
export function CheckField<T extends FieldValues, C, O>(props: FieldProps<T, C, O>): ReactElement {
  const { id, field, error } = useField(props);
  const { ref, name, value, onChange, onBlur } = field;
  const { label, hint, disabled } = props;
  return (
    <Checkbox
      id={id}
      name={name}
      ref={ref}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
      onBlur={onBlur}
      label={label}
      description={hint}
      error={error}
      disabled={disabled ?? false}
    />
  );
}
