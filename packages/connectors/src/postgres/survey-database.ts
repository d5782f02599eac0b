import type { CheckRequest } from "@headgate/contract";
import { z } from "zod";
import { mayRead, visibleStreams } from "./catalog/visible-streams.ts";
import type { Session } from "./session.ts";
import { SessionFault } from "./session-fault.ts";

const surveySchema = z.object({
  version: z.string(),
  superuser: z.boolean(),
  replica: z.boolean(),
  /** Somebody made transactions read-only for this server, database or login. */
  read_only: z.boolean(),
  /** The last day of this login's own password; null where it has none, or the server does not tell. */
  password_expires: z.string().nullable(),
  /** Tables and views there are, readable or not, and how many schemas this login may enter. */
  total: z.number(),
  readable: z.number(),
  writable: z.number(),
  /** Of the readable ones, those of which a policy hides rows from this login. */
  hidden: z.number(),
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
         c.relkind in ('r', 'p') and has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'INSERT') as writable,
         row_security_active(c.oid) as hidden
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where ${visibleStreams}
)
select current_setting('server_version') as version,
       current_setting('is_superuser') = 'on' as superuser,
       pg_is_in_recovery() as replica,
       current_setting('default_transaction_read_only') = 'on' as read_only,
       (select to_char(rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD') from pg_roles
         where rolname = session_user and isfinite(rolvaliduntil)
           and rolvaliduntil < timestamptz '10000-01-01') as password_expires,
       count(*)::int as total,
       count(*) filter (where readable)::int as readable,
       count(*) filter (where writable)::int as writable,
       count(*) filter (where readable and hidden)::int as hidden,
       count(*) filter (where entered)::int as entered,
       exists (select from pg_namespace n
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_schema_privilege(n.oid, 'CREATE'))
         or has_database_privilege(current_database(), 'CREATE') as may_create,
       (select json_build_object('schema', nspname, 'name', relname) from stream where readable
         order by array_position('{r,p,m,v,f}'::"char"[], relkind), nspname, relname limit 1) as first_readable,
       (select json_build_object('schema', nspname, 'name', relname) from stream where not readable
         order by entered desc, nspname, relname limit 1) as first_hidden
  from stream`;

/** Counts what this login sees. */
export async function surveyDatabase(session: Session): Promise<Survey> {
  return surveySchema.parse((await session.query(survey))[0]);
}

/**
 * Throws a `SessionFault` when what this login sees is too little to be of any use. Returns the table to try, null
 * where there is none to read.
 */
export function judgeSurvey(found: Survey, { as, table }: CheckRequest): Survey["first_readable"] {
  // One table decides when it was asked for, and what a destination has to allow is a question of its own.
  if (table || as === "destination" || found.readable > 0 || found.writable > 0) return found.first_readable;
  // An empty database where tables may be created is what a new destination looks like.
  if (found.may_create) return null;
  if (found.total === 0) throw new SessionFault("schema", "no_tables", "There are no tables.");
  const { schema = "", name = "" } = found.first_hidden ?? {};
  if (found.entered === 0)
    throw new SessionFault("schema", "schema_forbidden", "No schema with tables may be used.", { schema });
  throw new SessionFault("table", "table_forbidden", "No table may be read.", { schema, table: name });
}
