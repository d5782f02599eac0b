import type { Stream } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { findStream, tableFacts } from "./catalog/find-stream.ts";
import type { PostgresContext } from "./context.ts";
import { createTableSql, newColumns, type NewTable } from "./create-table-sql.ts";
import { tableIdent } from "./identifiers.ts";
import type { Failed } from "./read-verdict.ts";
import { classifyFailure } from "./check-failures.ts";
import { limitsOf } from "./context.ts";
import { openSession } from "./open-session.ts";
import type { Session } from "./session.ts";
import { SessionFault } from "./session-fault.ts";
import { beginDestination } from "./settled.ts";

/** `created` is false when an empty table of exactly these columns stood there already. */
export type CreateVerdict = { readonly status: "succeeded"; readonly created: boolean } | Failed;

/** Creates a destination table. A table that is already there is accepted only when it is empty and identical. */
export async function createTable(
  target: PostgresTarget,
  plan: NewTable,
  context: PostgresContext,
): Promise<CreateVerdict> {
  let session: Session | undefined;
  try {
    session = await openSession(target, context);
    await session.execute(beginDestination(limitsOf(context).lockMs));
    const existing = await findStream(session, plan.table);
    if (existing) await requireIdentical(session, existing, plan);
    else await session.execute(createTableSql(plan));
    await session.execute("commit");
    return { status: "succeeded", created: !existing };
  } catch (error) {
    const stopped = context.signal.aborted ? "stopped" : undefined;
    const failure = classifyFailure(error, target, { stage: "table", stopped });
    return {
      status: "failed",
      failure: { ...failure, ...forbidden(failure), facts: { ...tableFacts(plan.table), ...failure.facts } },
    };
  } finally {
    await session?.close();
  }
}

/** What is missing to create a table is a right on its schema. */
function forbidden({ code }: { readonly code: string }): { stage: "schema"; code: "schema_forbidden" } | object {
  return code === "table_forbidden" ? { stage: "schema", code: "schema_forbidden" } : {};
}

async function requireIdentical(session: Session, existing: Stream, plan: NewTable): Promise<void> {
  const wanted = newColumns(plan);
  const key = existing.uniqueKeys.find(({ primary }) => primary)?.columns ?? [];
  const same =
    existing.kind === "table" &&
    existing.fields.length === wanted.length &&
    existing.fields.every(({ name, type }, index) => name === wanted[index]?.name && type === wanted[index]?.type) &&
    [...plan.syncKey].sort().join("\0") === [...key].sort().join("\0");
  const filled = same && (await session.query(`select from ${tableIdent(plan.table)} limit 1`)).length > 0;
  if (same && !filled) return;
  const reason = same ? "not_empty" : "different_columns";
  throw new SessionFault("table", "table_exists", "A table of this name is already there.", {
    ...tableFacts(plan.table),
    reason,
  });
}
