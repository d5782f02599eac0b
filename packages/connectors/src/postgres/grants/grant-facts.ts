import type { GrantFacts, GrantQuestion } from "@headgate/core";
import { z } from "zod";
import { tableFacts } from "../catalog/find-stream.ts";
import { serverWords } from "../server-words.ts";
import type { Session } from "../session.ts";
import { SessionFault } from "../session-fault.ts";

const factsSchema = z.object({
  database: z.string(),
  user: z.string(),
  schemaExists: z.boolean(),
  owner: z.string().nullable(),
  /** Whoever owns a table of the schema, or nobody. */
  owners: z.array(z.string()),
  columns: z.array(z.string()),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), column: z.string() })),
  rowSecurity: z.boolean(),
  state: z.enum(["nothing", "schema", "table"]),
});

/** Sequences a default of the table asks for a number; identity columns need no right on theirs. */
const sequences = `(
  select coalesce(json_agg(json_build_object('schema', sn.nspname, 'name', s.relname, 'column', a.attname)
                           order by sn.nspname, s.relname), '[]'::json)
    from pg_attrdef d
    join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
    join pg_depend p on p.classid = 'pg_attrdef'::regclass and p.objid = d.oid and p.refclassid = 'pg_class'::regclass
    join pg_class s on s.oid = p.refobjid and s.relkind = 'S'
    join pg_namespace sn on sn.oid = s.relnamespace
   where d.adrelid = c.oid)`;

const query = `
select json_build_object(
         'database', current_database(), 'user', current_user, 'schemaExists', n.oid is not null,
         'owner', pg_get_userbyid(c.relowner),
         'owners', (select coalesce(json_agg(distinct pg_get_userbyid(o.relowner)), '[]'::json) from pg_class o
                     where o.relnamespace = n.oid and o.relkind in ('r', 'p', 'v', 'm', 'f')),
         'columns', (select coalesce(json_agg(a.attname), '[]'::json) from pg_attribute a
                      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
         'sequences', ${sequences},
         'rowSecurity', coalesce(row_security_active(c.oid), false),
         'state', case when exists (select from pg_class f join pg_namespace h on h.oid = f.relnamespace
                                     where h.nspname = 'headgate' and f.relname = 'flow_state') then 'table'
                       when exists (select from pg_namespace h where h.nspname = 'headgate') then 'schema'
                       else 'nothing' end) as facts
  from (select $1::text as schema, $2::text as name) as asked
  left join pg_namespace n on n.nspname = asked.schema
  left join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname = asked.name`;

export type FoundFacts = GrantFacts & {
  /** A policy judges what this login sees and writes. */
  readonly rowSecurity: boolean;
};

/** What the grants depend on, from catalogs that every login may read. A missing table is a fault at the source only. */
export async function findGrantFacts(session: Session, question: GrantQuestion): Promise<FoundFacts> {
  const { role, table, columns } = question;
  const [row] = await session.query<{ facts: unknown }>(query, [table.schema, table.name ?? null]);
  const found = factsSchema.parse(row?.facts);
  const tableExists = found.owner !== null;
  const named = table.name === undefined ? undefined : { schema: table.schema, name: table.name };
  const missing = tableExists && columns?.some((name) => !found.columns.includes(name));
  if (named && (missing || (!tableExists && role === "source")))
    throw new SessionFault("table", "table_missing", "There is no such table or column.", tableFacts(named));
  if (!named && !found.schemaExists)
    throw new SessionFault("schema", "no_tables", "There is no such schema.", { schema: serverWords(table.schema) });
  return { ...found, tableExists, owners: found.owner === null ? found.owners : [found.owner] };
}
