import { useEffect, useRef } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";

/** Calls back with the form's values after every edit, but not for what it starts with. */
export function useTyped<T extends FieldValues, C, O>(
  form: UseFormReturn<T, C, O>,
  onTyped: (values: T) => void,
): void {
  const tell = useRef(onTyped);
  useEffect(() => {
    tell.current = onTyped;
  });
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => tell.current(values) }),
    [form],
  );
}
