import type { ReactElement } from "react";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field.ts";
import { TextField } from "./text-field.tsx";

/**
 * Digits only by keyboard layout, not by force: a typed mistake stays visible and gets its own sentence instead of
 * vanishing, so the form's schema turns the text into a number.
 */
export function NumberField<T extends FieldValues, C, O>(
  props: FieldProps<T, C, O> & { readonly maxWidth?: string },
): ReactElement {
  return <TextField inputMode="numeric" autoComplete="off" maxWidth="9rem" verbatim {...props} />;
}
