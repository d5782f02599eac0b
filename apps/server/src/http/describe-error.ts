/** Fields of a PostgreSQL error that name places; its message, detail, where and hint quote values. [R30] */
const postgresFields = ["code", "severity", "schema", "table", "column", "constraint", "routine"] as const;

export type ErrorDescription = Readonly<Record<string, string>>;

/** What may be logged of an error: an allow-list, so that what a library adds tomorrow is left out. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const fields = error as unknown as Record<string, unknown>;
  const isPostgres = typeof fields["severity"] === "string";
  const named = postgresFields.flatMap((name) => (typeof fields[name] === "string" ? [[name, fields[name]]] : []));
  return {
    type: error.constructor.name,
    ...(!isPostgres && { message: error.message.slice(0, 1000) }),
    ...Object.fromEntries(named),
    ...(frames.length > 0 && { stack: frames.join("\n") }),
  };
}
