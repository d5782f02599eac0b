import type { FieldErrors, ResolverResult } from "react-hook-form";
import type { z } from "zod";
import type { FieldFault } from "./judge-connection.ts";

/** Judges a form by its schema and by what `judge` says of its values together; each field keeps its first fault. */
export function resolveWith<I extends object, O>(
  schema: z.ZodType<O, I>,
  values: I,
  judge: (values: I) => readonly FieldFault[],
): ResolverResult<I, O> {
  const parsed = schema.safeParse(values);
  const own = (parsed.error?.issues ?? []).map(({ path, message }) => ({ name: path.join("."), message }));
  const faults = [...own, ...judge(values)];
  if (parsed.success && faults.length === 0) return { values: parsed.data, errors: {} };
  const errors = {};
  for (const { name, message } of faults) put(errors, name.split("."), { type: "invalid", message });
  return { values: {}, errors: errors as FieldErrors<I> };
}

type Nested = { [name: string]: unknown };

function put(into: Nested, [name = "", ...rest]: string[], error: object): void {
  if (rest.length === 0) into[name] ??= error;
  else put((into[name] ??= {}) as Nested, rest, error);
}
