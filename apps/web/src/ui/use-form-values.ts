import { useWatch, type Control, type FieldValues } from "react-hook-form";

/** Everything a form holds at the moment, renewed with every edit. Each field must have a default value. */
export function useFormValues<T extends FieldValues, C, O>({ control }: { readonly control: Control<T, C, O> }): T {
  // The library's type says that any part may be missing, which is so only for forms without default values.
  return useWatch({ control }) as T;
}
