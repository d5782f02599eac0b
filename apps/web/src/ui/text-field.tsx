import { Textarea, TextInput } from "@mantine/core";
import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute, ReactElement, ReactNode } from "react";
import type { FieldValues } from "react-hook-form";
import { useField, type FieldProps } from "./field.ts";

type Props<T extends FieldValues, C, O> = FieldProps<T, C, O> & {
  readonly type?: HTMLInputTypeAttribute;
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly inputMode?: "text" | "numeric" | "email" | "search";
  readonly placeholder?: string;
  readonly maxWidth?: string;
  readonly rightSection?: ReactNode;
  /** Names, hosts and code: no capital letters, no corrections, no red waves. */
  readonly verbatim?: boolean;
  readonly readOnly?: boolean;
  /** Several lines. */
  readonly rows?: number;
};

export function TextField<T extends FieldValues, C, O>(props: Props<T, C, O>): ReactElement {
  const { id, field, error } = useField(props);
  const { label, hint, disabled, type, autoComplete, inputMode, placeholder, maxWidth, rightSection } = props;
  const shared = {
    id,
    label,
    description: hint,
    error,
    name: field.name,
    value: (field.value ?? "") as string | number,
    onBlur: field.onBlur,
    ref: field.ref,
    disabled: disabled ?? false,
    ...(props.readOnly && { readOnly: true }),
    ...(autoComplete && { autoComplete }),
    ...(placeholder && { placeholder }),
    ...(maxWidth && { maw: maxWidth }),
    ...(props.verbatim && { autoCapitalize: "none", autoCorrect: "off", spellCheck: false }),
  };
  if (props.rows) {
    return <Textarea {...shared} rows={props.rows} onChange={(event) => field.onChange(event.currentTarget.value)} />;
  }
  return (
    <TextInput
      {...shared}
      onChange={(event) => field.onChange(event.currentTarget.value)}
      {...(type && { type })}
      {...(inputMode && { inputMode })}
      {...(rightSection && { rightSection })}
    />
  );
}
