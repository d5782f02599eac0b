import type { ReactNode } from "react";
import { useController, type Control, type FieldPath, type FieldValues } from "react-hook-form";

/** What every field bound to a form needs. The hint stands above the field, the error between hint and field. */
export type FieldProps<T extends FieldValues, C, O> = {
  readonly control: Control<T, C, O>;
  readonly name: FieldPath<T>;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
};

/** The id of a field in the page; the error summary links to it. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll(".", "-")}`;
}

/** Binds one field: id, value, error and handlers. Empty text stays text, absent values show as empty. */
export function useField<T extends FieldValues, C, O>({
  control,
  name,
}: Pick<FieldProps<T, C, O>, "control" | "name">) {
  const { field, fieldState } = useController({ control, name });
  return { id: fieldId(name), field, error: fieldState.error?.message };
}
