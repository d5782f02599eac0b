import type { TableName } from "@headgate/contract";
import type { Session } from "../../session.ts";

const acl = (of: string): string => `(
  select pg_catalog.string_agg(g.grantee::regrole::text || ' ' || g.privilege_type || ' ' || g.is_grantable, ', '
           order by g.grantee, g.privilege_type) from pg_catalog.aclexplode(${of}) g)`;

const sorted = (of: string): string =>
  `(select pg_catalog.string_agg(option, ', ' order by option) from unnest(${of}) as option)`;

/** One line for the table and for each of its columns, constraints and indexes: all that a dump would say of them. */
const query = `
with t as (
  select c.* from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.nspname = $1 and c.relname = $2)
select 'table' as kind, '' as name, pg_catalog.jsonb_build_array(
         t.relkind, t.relpersistence, t.relowner::regrole, t.relam, t.reltablespace, ${sorted("t.reloptions")},
         (select ${sorted("o.reloptions")} from pg_catalog.pg_class o where o.oid = t.reltoastrelid),
         ${acl("t.relacl")}, t.relacl is null, t.relreplident, t.relrowsecurity, t.relforcerowsecurity, t.relhasrules,
         t.relhastriggers, t.relhassubclass, t.relispartition, t.reloftype, pg_catalog.obj_description(t.oid, 'pg_class'))::text as text
  from t
union all
select 'column', a.attname, pg_catalog.jsonb_build_array(
         row_number() over (order by a.attnum), pg_catalog.format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation,
         a.attnotnull, a.attidentity, a.attgenerated, pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attstorage,
         a.attcompression, coalesce(a.attstattarget, -1), ${sorted("a.attoptions")}, ${acl("a.attacl")},
         pg_catalog.col_description(t.oid, a.attnum))::text
  from t join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
union all
select 'constraint', k.conname, pg_catalog.jsonb_build_array(
         k.contype, pg_catalog.pg_get_constraintdef(k.oid), k.convalidated, k.condeferrable, k.condeferred,
         pg_catalog.obj_description(k.oid, 'pg_constraint'))::text
  from t join pg_catalog.pg_constraint k on k.conrelid = t.oid
union all
select 'index', x.relname, pg_catalog.jsonb_build_array(
         pg_catalog.substr(pg_catalog.pg_get_indexdef(x.oid), pg_catalog.strpos(pg_catalog.pg_get_indexdef(x.oid), ' USING ')),
         x.relowner::regrole, x.reltablespace, ${sorted("x.reloptions")}, i.indisunique, i.indisprimary, i.indisexclusion,
         i.indimmediate, i.indisclustered, i.indisvalid, i.indisreplident,
         (select pg_catalog.string_agg(a.attstattarget::text, ',' order by a.attnum) from pg_catalog.pg_attribute a where a.attrelid = x.oid),
         pg_catalog.obj_description(x.oid, 'pg_class'))::text
  from t join pg_catalog.pg_index i on i.indrelid = t.oid join pg_catalog.pg_class x on x.oid = i.indexrelid`;

/** Describes a table so that two with one description cannot be told apart; `names` are read as others. */
export async function describeTable(
  session: Pick<Session, "query">,
  { schema, name }: TableName,
  names: ReadonlyMap<string, string> = new Map(),
): Promise<string[]> {
  const rows = await session.query<{ kind: string; name: string; text: string }>(query, [schema, name]);
  return rows.map((row) => `${row.kind} ${names.get(row.name) ?? row.name} ${row.text}`).toSorted();
}
