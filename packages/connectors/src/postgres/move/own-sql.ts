import type { PostgresTarget } from "@headgate/core";
import type { Session } from "../session.ts";
import { sameSettings } from "../settled.ts";
import type { MovePlan } from "./column-plan.ts";
import { runFault } from "./run-failures.ts";
import { RunFault } from "./run-fault.ts";

/** Runs one statement or several; where they are run, the server refuses to begin or end a transaction (0A000, 2D000). */
const inside = "do $$ begin execute pg_catalog.current_setting('headgate.own_sql'); end $$";

export type OwnSqlPlace = { readonly target: PostgresTarget; readonly lockMs: number };

/** Whether a run has to be one transaction, because a person's statements belong to it. */
export function hasOwnSql({ sqlBefore, sqlAfter }: Pick<MovePlan, "sqlBefore" | "sqlAfter">): boolean {
  return sqlBefore !== undefined || sqlAfter !== undefined;
}

/**
 * Runs a person's SQL in the transaction of the run, as part of all or nothing. The text travels as a value, and a block
 * of PL/pgSQL inside an open transaction can commit nothing, nor can what it calls. Throws a `RunFault`.
 */
export async function runOwnSql(
  session: Session,
  plan: MovePlan,
  when: "before" | "after",
  { target, lockMs }: OwnSqlPlace,
): Promise<void> {
  const sql = when === "before" ? plan.sqlBefore : plan.sqlAfter;
  if (sql === undefined) return;
  try {
    await session.query("select pg_catalog.set_config('headgate.own_sql', $1, true)", [sql]);
    await session.execute(inside);
    // It may have set what the run's own statements rely on.
    await session.execute(sameSettings(lockMs));
  } catch (error) {
    const { failure } = runFault("destination", error, { target, facts: { when } });
    if (failure.kind === "temporary") throw error;
    throw new RunFault({ ...failure, code: "sql_refused", kind: "settings", retryable: false }, error);
  }
}
