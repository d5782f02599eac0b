import type { TableName, WriteMode } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { tableFacts } from "../catalog/find-stream.ts";
import type { Session } from "../session.ts";
import { stateForbidden } from "./flow-state.ts";
import { ownFault } from "./run-failures.ts";
import type { WriteJob } from "./writers/write-job.ts";

const writeQuery = `
select pg_catalog.bool_and(not $4 or pg_catalog.has_column_privilege(c.oid, k.name, 'insert')) as "INSERT",
       pg_catalog.bool_and(not $5 or pg_catalog.has_column_privilege(c.oid, k.name, 'select')) as "SELECT",
       pg_catalog.bool_and(k.name <> all ($6::text[]) or pg_catalog.has_column_privilege(c.oid, k.name, 'update')) as "UPDATE",
       not $7 or pg_catalog.has_table_privilege(c.oid, 'delete') as "DELETE"
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 cross join unnest($3::text[]) as k(name)
 where n.nspname = $1 and c.relname = $2
 group by c.oid`;

type Rights = Readonly<Record<"INSERT" | "SELECT" | "UPDATE" | "DELETE", boolean | null>>;

/** Finds out before the first run what it would be refused for: a right on the table or on a column that it writes. */
export async function requireWriteRights(
  session: Session,
  writeMode: WriteMode,
  { table, plan }: Pick<WriteJob, "table" | "plan">,
): Promise<void> {
  const { creates, updates, deletes, needsSyncKey } = writeModeRules[writeMode];
  const changing = updates ? [...plan.changing] : [];
  const columns = [...plan.columns];
  const asked = [table.schema, table.name, columns, creates, needsSyncKey, changing, deletes];
  const [found] = await session.query<Rights>(writeQuery, asked);
  const missing = Object.entries(found ?? {}).flatMap(([right, granted]) => (granted === false ? [right] : []));
  if (missing.length === 0) return;
  const facts = { ...tableFacts(table), rights: missing.join(", ") };
  throw ownFault("destination", { code: "destination_forbidden", kind: "settings" }, facts);
}

/** The same for a table still to be made: its schema is there, and a table may be made in it. */
export async function requireCreateRight(session: Session, table: TableName): Promise<void> {
  const [found] = await session.query<{ granted: boolean }>(
    `select pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_schema_privilege(n.oid, 'create') as granted
       from pg_catalog.pg_namespace n where n.nspname = $1`,
    [table.schema],
  );
  if (found?.granted) return;
  const facts = { ...tableFacts(table), rights: "CREATE" };
  throw ownFault("destination", { code: "destination_forbidden", kind: "settings" }, facts);
}

const stateQuery = `
select case
         when $1 and n.oid is not null and not pg_catalog.has_schema_privilege(n.oid, 'create') then false
         when s.oid is not null then pg_catalog.has_schema_privilege(n.oid, 'usage')
              and pg_catalog.has_table_privilege(s.oid, 'select')
              and pg_catalog.has_table_privilege(s.oid, 'insert')
              and pg_catalog.has_table_privilege(s.oid, 'update')
         when n.oid is not null then pg_catalog.has_schema_privilege(n.oid, 'create')
         else pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create')
       end as granted
  from (values ('headgate')) as wanted(name)
  left join pg_catalog.pg_namespace n on n.nspname = wanted.name
  left join pg_catalog.pg_class s on s.relnamespace = n.oid and s.relname = 'flow_state'`;

/** The same for where the destination remembers how far each flow has come; a mirror makes a table of its keys there. */
export async function requireStateRights(session: Session, writeMode: WriteMode): Promise<void> {
  const [found] = await session.query<{ granted: boolean }>(stateQuery, [writeModeRules[writeMode].keepsKeys]);
  if (found?.granted !== true) throw stateForbidden(session);
}
