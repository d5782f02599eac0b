import { streamSchema, type Stream, type TableName } from "@headgate/contract";
import { serverWords } from "../server-words.ts";
import type { Session } from "../session.ts";
import { SessionFault } from "../session-fault.ts";
import { streamBytes } from "./describe-schema.ts";
import { uniqueKeys } from "./unique-keys.ts";
import { mayRead, rowEstimate, streamKind } from "./visible-streams.ts";

/** Types below this number came with PostgreSQL itself, so both sides know them by the same number and wire form. */
export const firstUserOid = 16384;

const fields = `(
  select coalesce(json_agg(json_build_object(
           'name', a.attname, 'position', a.attnum, 'type', format_type(a.atttypid, a.atttypmod),
           'typeName', tn.nspname || '.' || t.typname, 'builtIn', a.atttypid < ${firstUserOid},
           'nullable', not (a.attnotnull or t.typnotnull), 'hasDefault', a.atthasdef and a.attgenerated = '',
           'generated', a.attgenerated <> '',
           'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by_default' end,
           'comment', col_description(a.attrelid, a.attnum),
           'readable', has_schema_privilege(n.oid, 'USAGE') and has_column_privilege(c.oid, a.attnum, 'SELECT')
         ) order by a.attnum), '[]'::json)
    from pg_attribute a join pg_type t on t.oid = a.atttypid join pg_namespace tn on tn.oid = t.typnamespace
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)`;

const query = `
select json_build_object(
         'schema', n.nspname, 'name', c.relname, 'kind', ${streamKind}, 'rowEstimate', ${rowEstimate},
         'comment', obj_description(c.oid, 'pg_class'), 'readable', ${mayRead}, 'bytes', ${streamBytes},
         'fields', ${fields}, 'uniqueKeys', ${uniqueKeys},
         'may', json_build_object(
           'select', ${mayRead},
           'insert', has_schema_privilege(n.oid, 'USAGE') and has_any_column_privilege(c.oid, 'INSERT'),
           'update', has_schema_privilege(n.oid, 'USAGE') and has_any_column_privilege(c.oid, 'UPDATE'),
           'delete', has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'DELETE')),
         'rowSecurity', row_security_active(c.oid)) as stream
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f')`;

/** Everything about one table in one round trip (0.5 ms), or undefined when there is none of that name. */
export async function findStream(session: Session, { schema, name }: TableName): Promise<Stream | undefined> {
  const [row] = await session.query<{ stream: unknown }>(query, [schema, name]);
  return row ? streamSchema.parse(row.stream) : undefined;
}

/** As `findStream`, but a missing table is a verdict. */
export async function requireStream(session: Session, table: TableName): Promise<Stream> {
  const stream = await findStream(session, table);
  if (stream) return stream;
  throw new SessionFault("table", "table_missing", "There is no such table.", tableFacts(table));
}

export function tableFacts({ schema, name }: TableName): Record<string, string> {
  return { schema: serverWords(schema), table: serverWords(name) };
}
