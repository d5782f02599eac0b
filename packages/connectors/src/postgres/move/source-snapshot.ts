import type { SourceQuery, Stream, TableName } from "@headgate/contract";
import type { Relation } from "@headgate/core";
import { tableFacts } from "../catalog/find-stream.ts";
import { tableIdent } from "../identifiers.ts";
import { describeQuery } from "../relation/query-stream.ts";
import { pathSql, relationFacts } from "../relation/relation-sql.ts";
import type { Session } from "../session.ts";
import { SessionFault } from "../session-fault.ts";
import { beginQuery, beginSource } from "../settled.ts";
import { requireStreamAt } from "./require-stream.ts";
import { ownFault } from "./run-failures.ts";
import { requireSameFiles } from "./same-files.ts";

export type SourceSnapshot = {
  readonly stream: Stream;
  /** Throws when a table was emptied or rewritten between the snapshot and the read; a lock makes that impossible. */
  verify(): Promise<void>;
  /** Verifies, and lets the snapshot go. */
  end(): Promise<void>;
};

const kindQuery = `
select c.relkind in ('r', 'p') and has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT') as lockable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f')`;

/** Begins reading a table, view or query as of one moment. */
export function takeSnapshot(session: Session, relation: Relation, lockMs: number): Promise<SourceSnapshot> {
  return "table" in relation ? openTable(session, relation.table, lockMs) : openQuery(session, relation.query, lockMs);
}

/**
 * The lock comes before the snapshot: otherwise a TRUNCATE in between makes a full table read as empty, without an
 * error (V23). What cannot be locked is looked at afterwards.
 */
async function openTable(session: Session, table: TableName, lockMs: number): Promise<SourceSnapshot> {
  // Asked outside the transaction: any query inside it would take the snapshot before the lock.
  const [found] = await session.query<{ lockable: boolean }>(kindQuery, [table.schema, table.name]);
  if (!found) throw ownFault("source", { code: "source_table_missing", kind: "settings" }, tableFacts(table));
  await session.execute(beginSource(lockMs));
  if (found.lockable) await session.execute(`lock table ${tableIdent(table)} in access share mode`);
  const stream = await requireStreamAt(session, table, "source");
  const verify = async (): Promise<void> => {
    if (!found.lockable) await requireSameFiles(session, tableFacts(table));
  };
  return { stream, verify, end: () => verify().then(() => session.execute("commit")) };
}

/** However long the rows take to travel; a query that runs for longer is not one to run on a schedule. */
const queryMs = 7_200_000;

async function openQuery(session: Session, query: SourceQuery, lockMs: number): Promise<SourceSnapshot> {
  await beginQuery(session, { path: pathSql(query.searchPath), statementMs: queryMs, lockMs });
  const facts = relationFacts({ query });
  const stream = await describeQuery(session, query).catch((error: unknown) => {
    if (!(error instanceof SessionFault)) throw error;
    throw ownFault("source", { code: "query_refused", kind: "settings" }, { ...facts, ...error.facts });
  });
  const [before] = await session.query<Role>(roleQuery);
  const verify = async (): Promise<void> => {
    const [after] = await session.query<Role>(roleQuery);
    if (JSON.stringify(before) !== JSON.stringify(after))
      throw ownFault("source", { code: "query_refused", kind: "settings" }, facts);
    await requireSameFiles(session, facts);
  };
  // Never committed, so that nothing a query may have set outlives it.
  return { stream, verify, end: () => verify().then(() => session.execute("rollback")) };
}

/** What a function in a query can change for the statements after it: as whom they run, and what is hidden from them. */
const roleQuery = `
select current_user::text as "user", session_user::text as session, pg_catalog.current_setting('row_security') as hidden,
       pg_catalog.current_setting('search_path') as path`;
type Role = { readonly user: string; readonly session: string; readonly hidden: string; readonly path: string };
