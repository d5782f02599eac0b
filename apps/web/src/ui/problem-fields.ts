import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { ProblemError } from "../lib/api-errors.ts";

/**
 * The one place that turns a refusal into messages at fields. Answers true when every complaint found its field, so
 * that nothing needs to be said at the top. Bodies that wrap the form's values in `values` are unwrapped.
 */
export function showProblemAtFields<T extends FieldValues, C, O>(
  form: UseFormReturn<T, C, O>,
  error: unknown,
): boolean {
  const fields = error instanceof ProblemError ? Object.entries(error.problem.fields ?? {}) : [];
  const known = new Set(Object.keys(flatten(form.getValues())));
  let homeless = fields.length === 0;
  for (const [path, message] of fields) {
    const name = path.replace(/^values\./, "");
    if (!known.has(name) && !form.getFieldState(name as FieldPath<T>).isTouched) homeless = true;
    form.setError(name as FieldPath<T>, { type: "server", message });
  }
  return !homeless;
}

function flatten(values: object, prefix = ""): Record<string, true> {
  const found: Record<string, true> = {};
  for (const [key, value] of Object.entries(values)) {
    found[prefix + key] = true;
    if (typeof value === "object" && value !== null) Object.assign(found, flatten(value, `${prefix}${key}.`));
  }
  return found;
}
