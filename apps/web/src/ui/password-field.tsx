import { PasswordInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import type { FieldValues } from "react-hook-form";
import { useField, type FieldProps } from "./field.ts";

type Props<T extends FieldValues, C, O> = FieldProps<T, C, O> & {
  readonly autoComplete: "current-password" | "new-password" | "off";
  readonly placeholder?: string;
};

/** A password with a button to look at it; pasting and password managers are welcome (WCAG 3.3.8). */
export function PasswordField<T extends FieldValues, C, O>(props: Props<T, C, O>): ReactElement {
  const { id, field, error } = useField(props);
  const { ref, name, value, onChange, onBlur } = field;
  const { label, hint, disabled, autoComplete, placeholder } = props;
  const [visible, setVisible] = useState(false);
  return (
    <PasswordInput
      id={id}
      label={label}
      description={hint}
      error={error}
      name={name}
      value={(value ?? "") as string}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={onBlur}
      ref={ref}
      disabled={disabled ?? false}
      autoComplete={autoComplete}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleButtonProps={{
        "aria-label": visible ? "Hide password" : "Show password",
        "aria-pressed": visible,
      }}
      {...(placeholder && { placeholder })}
    />
  );
}
