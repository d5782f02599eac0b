import type { Stream, TableName } from "@headgate/contract";
import { tableFacts } from "../catalog/find-stream.ts";
import { tableIdent } from "../identifiers.ts";
import type { Session } from "../session.ts";
import { beginSource } from "../settled.ts";
import { requireStreamAt } from "./require-stream.ts";
import { ownFault } from "./run-failures.ts";

export type SourceSnapshot = {
  readonly stream: Stream;
  /** Throws when the table was emptied or rewritten between the snapshot and the read; a lock makes that impossible. */
  verify(): Promise<void>;
};

const kindQuery = `
select c.oid, c.relkind in ('r', 'p') and has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT') as lockable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f')`;

/**
 * Begins reading one table as of one moment. The lock comes before the snapshot: otherwise a TRUNCATE in between makes
 * a full table read as empty, without an error (V23).
 */
export async function takeSnapshot(session: Session, table: TableName, lockMs: number): Promise<SourceSnapshot> {
  // Asked outside the transaction: any query inside it would take the snapshot before the lock.
  const [found] = await session.query<{ oid: number; lockable: boolean }>(kindQuery, [table.schema, table.name]);
  if (!found) throw ownFault("source", { code: "source_table_missing", kind: "settings" }, tableFacts(table));
  await session.execute(beginSource(lockMs));
  if (found.lockable) await session.execute(`lock table ${tableIdent(table)} in access share mode`);
  const stream = await requireStreamAt(session, table, "source");
  return { stream, verify: () => (found.lockable ? Promise.resolve() : requireSameFiles(session, found.oid, table)) };
}

/**
 * Views cannot be locked, nor can tables of which this login may read only some columns. Their rows are in the file
 * the snapshot knows exactly when it is still the file of now: reading locked it, so it stays.
 */
async function requireSameFiles(session: Session, oid: number, table: TableName): Promise<void> {
  const [found] = await session.query<{ same: boolean }>(
    `select coalesce(bool_and(c.relfilenode = pg_relation_filenode(c.oid)), true) as same from pg_class c
      where c.relkind in ('r', 'm') and (c.oid = $1 or c.oid in (select relid from pg_partition_tree($1)))`,
    [oid],
  );
  if (!found?.same) throw ownFault("source", { code: "table_locked", kind: "temporary" }, tableFacts(table));
}
