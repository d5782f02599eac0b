import type { FieldErrors, ResolverResult } from "react-hook-form";
import type { z } from "zod";
import type { FieldFault } from "./judge-connection.ts";

/** Judges a form by its schema and by what `judge` says of its values together; each field keeps its first fault. */
export function resolveWith<S extends z.ZodObject>(
  schema: S,
  values: z.input<S>,
  judge: (values: z.input<S>) => readonly FieldFault[],
): ResolverResult<z.input<S>, z.output<S>> {
  const parsed = schema.safeParse(values);
  const own = (parsed.error?.issues ?? []).map(({ path, message }) => ({ name: path.join("."), message }));
  // The list of mistakes follows the order of the parts of the form.
  const parts = Object.keys(schema.shape);
  const place = ({ name }: FieldFault): number => parts.indexOf(name.split(".")[0] ?? "");
  const faults = [...own, ...judge(values)].toSorted((one, other) => place(one) - place(other));
  if (parsed.success && faults.length === 0) return { values: parsed.data, errors: {} };
  const errors = {};
  for (const { name, message } of faults) put(errors, name.split("."), { type: "invalid", message });
  return { values: {}, errors: errors as FieldErrors<z.input<S>> };
}

type Nested = { [name: string]: unknown };

function put(into: Nested, [name = "", ...rest]: string[], error: object): void {
  if (rest.length === 0) into[name] ??= error;
  else put((into[name] ??= {}) as Nested, rest, error);
}
