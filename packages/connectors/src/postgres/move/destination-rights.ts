import type { TableName } from "@headgate/contract";
import { tableFacts } from "../catalog/find-stream.ts";
import type { Session } from "../session.ts";
import type { ColumnPlan } from "./column-plan.ts";
import { stateForbidden } from "./flow-state.ts";
import { ownFault } from "./run-failures.ts";

const writeQuery = `
select pg_catalog.bool_and(pg_catalog.has_column_privilege(c.oid, k.name, 'insert')) as "INSERT",
       pg_catalog.bool_and(not $4 or pg_catalog.has_column_privilege(c.oid, k.name, 'select')) as "SELECT",
       pg_catalog.bool_and(k.name <> all ($5::text[]) or pg_catalog.has_column_privilege(c.oid, k.name, 'update')) as "UPDATE"
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 cross join unnest($3::text[]) as k(name)
 where n.nspname = $1 and c.relname = $2`;

type Rights = Readonly<Record<"INSERT" | "SELECT" | "UPDATE", boolean | null>>;

/** Finds out before the first run what it would be refused for: a right on a column that it writes. */
export async function requireWriteRights(session: Session, table: TableName, plan: ColumnPlan): Promise<void> {
  const merges = plan.syncKey.length > 0;
  const [found] = await session.query<Rights>(writeQuery, [
    table.schema,
    table.name,
    [...plan.columns],
    merges,
    merges ? [...plan.changing] : [],
  ]);
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

/** The same for the table in which the destination remembers how far each flow has come. */
export async function requireStateRights(session: Session): Promise<void> {
  const [found] = await session.query<{ granted: boolean }>(stateQuery);
  if (found?.granted !== true) throw stateForbidden(session);
}
