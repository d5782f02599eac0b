import { z } from "zod";
import { mayRead, visibleStreams } from "./catalog/visible-streams.ts";
import { tableIdent } from "./identifiers.ts";
import { serverWords } from "./server-words.ts";
import type { Session } from "./session.ts";
import { SessionFault } from "./session-fault.ts";

const surveySchema = z.object({
  version: z.string(),
  superuser: z.boolean(),
  replica: z.boolean(),
  /** The last day of this login's own password; null where it has none, or the server does not tell. */
  password_expires: z.string().nullable(),
  /** Tables and views there are, readable or not, and how many schemas this login may enter. */
  total: z.number(),
  readable: z.number(),
  writable: z.number(),
  entered: z.number(),
  may_create: z.boolean(),
  /** The one to try: a plain table before a view, which may be slow. */
  first_readable: z.object({ schema: z.string(), name: z.string() }).nullable(),
  first_hidden: z.object({ schema: z.string(), name: z.string() }).nullable(),
});
export type Survey = z.infer<typeof surveySchema>;

const survey = `
with stream as materialized (
  select n.nspname, c.relname, c.relkind, has_schema_privilege(n.oid, 'USAGE') as entered, ${mayRead} as readable,
         c.relkind in ('r', 'p') and has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'INSERT') as writable
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where ${visibleStreams}
)
select current_setting('server_version') as version,
       coalesce((select rolsuper from pg_roles where rolname = current_user), false) as superuser,
       pg_is_in_recovery() as replica,
       (select to_char(rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD') from pg_roles
         where rolname = session_user and isfinite(rolvaliduntil)
           and rolvaliduntil < timestamptz '10000-01-01') as password_expires,
       count(*)::int as total,
       count(*) filter (where readable)::int as readable,
       count(*) filter (where writable)::int as writable,
       count(*) filter (where entered)::int as entered,
       exists (select from pg_namespace n
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_schema_privilege(n.oid, 'CREATE'))
         or has_database_privilege(current_database(), 'CREATE') as may_create,
       (select json_build_object('schema', nspname, 'name', relname) from stream where readable
         order by array_position('{r,p,m,v,f}'::"char"[], relkind), nspname, relname limit 1) as first_readable,
       (select json_build_object('schema', nspname, 'name', relname) from stream where not readable
         order by entered desc, nspname, relname limit 1) as first_hidden
  from stream`;

/** Counts what this login sees. Throws a `SessionFault` when it is too little to be of any use. */
export async function surveyDatabase(session: Session): Promise<Survey> {
  const found = surveySchema.parse((await session.query(survey))[0]);
  // An empty database where tables may be created is what a new destination looks like.
  if (found.readable > 0 || found.writable > 0 || (found.total === 0 && found.may_create)) return found;
  if (found.total === 0) throw new SessionFault("schema", "no_tables", "There are no tables.");
  const { schema = "", name = "" } = found.first_hidden ?? {};
  if (found.entered === 0) {
    if (found.may_create) return found;
    throw new SessionFault("schema", "schema_forbidden", "No schema with tables may be used.", { schema });
  }
  if (found.may_create) return found;
  throw new SessionFault("table", "table_forbidden", "No table may be read.", { schema, table: name });
}

/** Reads from one table, so that the verdict is about rows and not only about rights. Returns its name. */
export async function readOneTable(session: Session, { first_readable: table }: Survey): Promise<string | undefined> {
  if (!table) return undefined;
  await session.query(`select from ${tableIdent(table)} limit 1`);
  return serverWords(`${table.schema}.${table.name}`);
}
