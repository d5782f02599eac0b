import type { Stream } from "@headgate/contract";
import { z } from "zod";
import type { Session } from "../session.ts";
import { knownColumnsSchema } from "./drift/columns-of.ts";

/** Which table of which server was read: after a restore or a fail-over transaction numbers mean something else. */
export const sourceIdentitySchema = z.object({
  /** Null where the server does not tell a plain login. */
  system: z.string().nullable(),
  timeline: z.string().nullable(),
  database: z.string(),
  table: z.string(),
  /** Absent in what was written down before columns were compared. */
  columns: knownColumnsSchema.optional(),
});
export type SourceIdentity = z.infer<typeof sourceIdentitySchema>;

const mayAskQuery = `
select pg_catalog.bool_and(pg_catalog.has_function_privilege(f.name, 'execute')) as granted
  from (values ('pg_catalog.pg_control_system()'), ('pg_catalog.pg_control_checkpoint()')) as f(name)`;

const controlQuery = `
select (select system_identifier::text from pg_catalog.pg_control_system()) as system,
       (select timeline_id::text from pg_catalog.pg_control_checkpoint()) as timeline`;

const placeQuery = `
select d.oid::text as database, c.oid::text as table
  from pg_catalog.pg_database d, pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where d.datname = pg_catalog.current_database() and n.nspname = $1 and c.relname = $2`;

const placeWithoutDatabases = `
select '' as database, c.oid::text as table
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relname = $2`;

const mayListQuery = "select pg_catalog.has_table_privilege('pg_catalog.pg_database', 'select') as granted";

/** Reads the identity of a table that exists, or of a query. Works without any right but to connect. */
export async function readIdentity(session: Session, { schema, name, kind }: Stream): Promise<SourceIdentity> {
  const [control] = await askIfAllowed<{ system: string; timeline: string }>(session, mayAskQuery, controlQuery);
  const [mayList] = await session.query<{ granted: boolean }>(mayListQuery);
  const text = mayList?.granted ? placeQuery : placeWithoutDatabases;
  // A query has no number of its own: which database it is read in is all there is.
  const [place] = await session.query(text, kind === "query" ? ["pg_catalog", "pg_class"] : [schema, name]);
  return sourceIdentitySchema.parse({ system: control?.system ?? null, timeline: control?.timeline ?? null, ...place });
}

async function askIfAllowed<Row extends object>(session: Session, may: string, query: string): Promise<Row[]> {
  const [answer] = await session.query<{ granted: boolean }>(may);
  return answer?.granted ? session.query<Row>(query) : [];
}

/** Whether what was remembered and what is there now are the same table; what nobody tells cannot differ. */
export function isSameSource(one: SourceIdentity, other: SourceIdentity): boolean {
  const same = (a: string | null, b: string | null): boolean => a === null || b === null || a === b;
  return (
    same(one.system, other.system) &&
    same(one.timeline, other.timeline) &&
    one.database === other.database &&
    one.table === other.table
  );
}

/** Whether it is the same table of the same server, which has gone on after a fail-over. */
export function differsInTimelineOnly(one: SourceIdentity, other: SourceIdentity): boolean {
  return one.timeline !== other.timeline && isSameSource({ ...one, timeline: null }, other);
}
