import type { Session } from "./session.ts";

/** Statements that make a session's transaction independent of what role, database or pooler set before (V25, V32). */
const sameText = [
  "set local client_encoding = 'UTF8'",
  "set local datestyle = 'ISO, MDY'",
  "set local intervalstyle = 'postgres'",
  "set local timezone = 'UTC'",
  "set local extra_float_digits = 3",
  "set local bytea_output = 'hex'",
  "set local xmloption = 'content'",
] as const;

/** Begins a read-only transaction in which values have one text form and nothing waits longer than `statementMs`. */
export function beginReading(statementMs: number, lockMs: number): string {
  return [
    "begin read only",
    ...sameText,
    "set local search_path = ''",
    `set local statement_timeout = ${Math.round(statementMs)}`,
    `set local lock_timeout = ${Math.round(lockMs)}`,
  ].join("; ");
}

/**
 * Begins the transaction in which a run reads its source: one snapshot, taken after the table was locked (V23), rows
 * hidden by a policy are an error instead of missing (V24). A run has its own stall timer, so no statement time-out.
 */
export function beginSource(lockMs: number): string {
  return [
    "begin isolation level repeatable read read only",
    ...sameText,
    "set local search_path = ''",
    "set local row_security = off",
    "set local statement_timeout = 0",
    `set local lock_timeout = ${Math.round(lockMs)}`,
    "set local idle_in_transaction_session_timeout = '10min'",
  ].join("; ");
}

/**
 * Begins the transaction in which a person's query is read. The snapshot is taken before the query is seen: from then
 * on nothing in it can make the transaction write (V17).
 */
export async function beginQuery(
  session: Session,
  { path, statementMs, lockMs }: { readonly path: string; readonly statementMs: number; readonly lockMs: number },
): Promise<void> {
  const begin = [
    "begin isolation level repeatable read read only",
    ...sameText,
    "set local standard_conforming_strings = on",
    `set local search_path = ${path}`,
    "set local row_security = off",
    `set local statement_timeout = ${Math.round(statementMs)}`,
    `set local lock_timeout = ${Math.round(lockMs)}`,
    "set local idle_in_transaction_session_timeout = '10min'",
  ];
  session.guard();
  await session.execute(begin.join("; "));
  await session.query("select pg_catalog.pg_current_snapshot()::text");
}

/**
 * Begins the transaction in which a run writes. The search path stays, because triggers of the table may depend on it;
 * so does read-only, where somebody made it the default for this login.
 */
export function beginDestination(lockMs: number): string {
  return `begin isolation level read committed; ${sameSettings(lockMs)}`;
}

/** What the statements of such a transaction rely on, and how long they wait. */
export function sameSettings(lockMs: number): string {
  return [
    ...sameText,
    "set local statement_timeout = 0",
    `set local lock_timeout = ${Math.round(lockMs)}`,
    "set local idle_in_transaction_session_timeout = '10min'",
  ].join("; ");
}
