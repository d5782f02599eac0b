import type { Session } from "../session.ts";
import { ownFault } from "./run-failures.ts";

/** Tables this transaction has read, by the locks it holds on them; a view's and a query's are among them. */
const sameQuery = `
select coalesce(bool_and(c.relfilenode = pg_catalog.pg_relation_filenode(c.oid)), true) as same
  from pg_catalog.pg_class c
 where c.relkind in ('r', 'm') and c.relfilenode <> 0 and c.oid >= 16384
   and c.oid in (select l.relation from pg_catalog.pg_locks l
                  where l.pid = pg_catalog.pg_backend_pid() and l.locktype = 'relation')`;

const mayAskQuery = `
select pg_catalog.has_table_privilege('pg_catalog.pg_locks', 'select')
   and pg_catalog.has_function_privilege('pg_catalog.pg_lock_status()', 'execute') as granted`;

/**
 * Views and queries cannot be locked before the snapshot, nor can tables of which this login may read only some
 * columns. Their rows are in the file the snapshot knows exactly when it is still the file of now: reading locked it, so
 * it stays. Call it after the rows were read. A temporary fault: the next attempt reads the new file.
 */
export async function requireSameFiles(session: Session, facts: Readonly<Record<string, string>>): Promise<void> {
  const [asked] = await session.query<{ granted: boolean }>(mayAskQuery);
  if (!asked?.granted) return;
  const [found] = await session.query<{ same: boolean }>(sameQuery);
  if (!found?.same) throw ownFault("source", { code: "table_locked", kind: "temporary" }, facts);
}
