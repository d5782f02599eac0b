import { serverWords } from "../server-words.ts";

/** The fields of an error report that may be looked at; `detail` and `hint` quote rows and are left alone (V34, R30). */
export type ServerError = Error & {
  readonly code?: string;
  readonly severity?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly where?: string;
};

/** Names in an error report: type, table, column, constraint, and the line of a COPY. Never a value. */
export function namesIn(error: ServerError, columns: readonly string[]): Record<string, string> {
  const { schema, table, column = columnInWords(error.where, columns), constraint } = error;
  const line = error.where?.match(/^COPY .*, line ([0-9]+)/)?.[1];
  const ours = table === "headgate_stage";
  const type = error.message.match(/(?:for type|enum) "?([a-z][a-z0-9 ]*)/)?.[1];
  const named = { type, schema: ours ? undefined : schema, table: ours ? undefined : table, column, constraint, line };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value ? [[name, serverWords(value)] as const] : [])),
  );
}

/** `COPY t, line 3, column i: "secret"`: the name is taken only if it is one of ours, so no value can pass for it. */
function columnInWords(where: string | undefined, columns: readonly string[]): string | undefined {
  const after = where?.match(/^COPY .*?, line [0-9]+, column ([^]*)$/)?.[1];
  if (after === undefined) return undefined;
  const found = columns.filter((name) => after === name || after.startsWith(`${name}:`));
  return found.toSorted((one, other) => other.length - one.length)[0];
}

/** Classes whose messages name objects and limits only; those of the others may quote what a row holds. */
const plainClasses = new Set(["08", "0A", "23", "25", "28", "3D", "3F", "40", "42", "53", "55", "57"]);

/** The message without values: `invalid input syntax for type integer: "…"`. */
export function safeMessage({ message, code = "" }: ServerError): string {
  const group = code.length === 5 ? code.slice(0, 2) : undefined;
  if (group === undefined || plainClasses.has(group)) return message;
  if (group === "22") return message.replace(/"[^]*"/, '"…"').replace(/: (?!"…")[^]*$/, ": …");
  return "";
}
