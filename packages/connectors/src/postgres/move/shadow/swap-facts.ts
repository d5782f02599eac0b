import type { TableName } from "@headgate/contract";
import type { Session } from "../../session.ts";

/** A plain index or the one behind a key, as it has to be built again. */
export type IndexFacts = {
  readonly name: string;
  /** `USING btree (id)` and whatever follows. */
  readonly definition: string;
  readonly unique: boolean;
  readonly constraint: "PRIMARY KEY" | "UNIQUE" | null;
  readonly timing: string;
  readonly tablespace: string;
  readonly clustered: boolean;
  readonly comment: string | null;
  readonly constraintComment: string | null;
};

export type SwapFacts = {
  readonly tablespace: string;
  readonly unlogged: boolean;
  /** `fillfactor='70', toast.autovacuum_enabled='off'` */
  readonly storage: string;
  readonly comment: string | null;
  readonly indexes: readonly IndexFacts[];
};

/** Each says why a table cannot be put in another's place; all have to be false. */
const obstacles: Readonly<Record<string, string>> = {
  kind: `c.relkind <> 'r' or c.relispartition or c.reloftype <> 0 or c.relpersistence not in ('p', 'u') or m.amname <> 'heap'`,
  owner: `r.rolname <> current_user or not pg_catalog.has_schema_privilege(c.relnamespace, 'create')`,
  rowSecurity: `c.relrowsecurity or c.relforcerowsecurity`,
  replicaIdentity: `c.relreplident <> 'd'`,
  inheritance: `exists (select from pg_catalog.pg_inherits i where c.oid in (i.inhrelid, i.inhparent))`,
  dependents: `exists (
    select from pg_catalog.pg_depend d
     where d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = c.oid and not (
       d.classid = 'pg_catalog.pg_class'::regclass and (d.objid in (c.oid, c.reltoastrelid)
         or exists (select from pg_catalog.pg_index i where i.indexrelid = d.objid and i.indrelid = c.oid))
       or d.classid = 'pg_catalog.pg_constraint'::regclass
         and exists (select from pg_catalog.pg_constraint k where k.oid = d.objid and k.conrelid = c.oid)
       or d.classid = 'pg_catalog.pg_attrdef'::regclass
         and exists (select from pg_catalog.pg_attrdef f where f.oid = d.objid and f.adrelid = c.oid)
       or d.classid = 'pg_catalog.pg_type'::regclass and d.objid = c.reltype))`,
  rowType: `exists (
    select from pg_catalog.pg_type t
      join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_type'::regclass and d.refobjid in (t.oid, t.typarray)
     where t.oid = c.reltype and not (d.classid = 'pg_catalog.pg_type'::regclass and d.objid = t.typarray))`,
  constraints: `exists (
    select from pg_catalog.pg_constraint k
     where k.conrelid = c.oid and (k.contype not in ('p', 'u', 'c', 'n') or not k.convalidated))`,
  indexes: `exists (
    select from pg_catalog.pg_index i join pg_catalog.pg_class x on x.oid = i.indexrelid join pg_catalog.pg_am a on a.oid = x.relam
      left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.conrelid = c.oid
     where i.indrelid = c.oid and (not i.indisvalid or k.contype in ('p', 'u') and a.amname <> 'btree'))`,
  extension: `exists (
    select from pg_catalog.pg_depend d
     where d.classid = 'pg_catalog.pg_class'::regclass and d.deptype in ('e', 'x')
       and (d.objid = c.oid or exists (select from pg_catalog.pg_index i where i.indexrelid = d.objid and i.indrelid = c.oid)))`,
  securityLabel: `exists (
    select from pg_catalog.pg_seclabel l where l.classoid = 'pg_catalog.pg_class'::regclass and l.objoid = c.oid)`,
  publication: `exists (
    select from pg_catalog.pg_publication_tables p where p.schemaname = n.nspname and p.tablename = c.relname)
    or exists (select from pg_catalog.pg_subscription_rel s where s.srrelid = c.oid)`,
  defaultGrants: `exists (
    select from pg_catalog.pg_default_acl d
     where d.defaclrole = c.relowner and d.defaclobjtype = 'r' and d.defaclnamespace in (0, c.relnamespace))`,
  grantors: `exists (select from pg_catalog.aclexplode(c.relacl) g where g.grantor <> c.relowner)
    or exists (select from pg_catalog.pg_attribute a, pg_catalog.aclexplode(a.attacl) g
                where a.attrelid = c.oid and g.grantor <> c.relowner)`,
};

const found = `
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_roles r on r.oid = c.relowner
  left join pg_catalog.pg_am m on m.oid = c.relam
  left join pg_catalog.pg_class o on o.oid = c.reltoastrelid
  left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
 where n.nspname = $1 and c.relname = $2`;

const obstaclesQuery = `select ${Object.entries(obstacles)
  .map(([name, condition]) => `coalesce(${condition}, true) as "${name}"`)
  .join(", ")} ${found}`;

const options = (of: string, prefix: string): string => `
  select pg_catalog.format('${prefix}%s=%L', pg_catalog.split_part(option, '=', 1),
                           pg_catalog.substr(option, pg_catalog.strpos(option, '=') + 1)) as text
    from unnest(${of}.reloptions) as option`;

const factsQuery = `
select coalesce(s.spcname::text, '') as tablespace, c.relpersistence = 'u' as unlogged,
       (select coalesce(pg_catalog.string_agg(text, ', '), '') from (${options("c", "")} union all ${options("o", "toast.")}) as t) as storage,
       pg_catalog.obj_description(c.oid, 'pg_class') as comment ${found}`;

/** The text before an index's method is made again to be cut off, so that nothing in a name can mislead. */
const indexesQuery = `
select x.relname::text as name, i.indisunique as unique, i.indisclustered as clustered,
       case when pg_catalog.starts_with(d.text, d.head) then pg_catalog.substr(d.text, pg_catalog.length(d.head) + 1) end as definition,
       case k.contype when 'p' then 'PRIMARY KEY' when 'u' then 'UNIQUE' end as constraint,
       case when k.condeferrable then ' deferrable' else '' end || case when k.condeferred then ' initially deferred' else '' end as timing,
       coalesce(s.spcname::text, '') as tablespace, pg_catalog.obj_description(x.oid, 'pg_class') as comment,
       pg_catalog.obj_description(k.oid, 'pg_constraint') as "constraintComment"
  from pg_catalog.pg_index i
  join pg_catalog.pg_class x on x.oid = i.indexrelid
  join pg_catalog.pg_class c on c.oid = i.indrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.conrelid = c.oid and k.contype in ('p', 'u')
  left join pg_catalog.pg_tablespace s on s.oid = x.reltablespace
 cross join lateral (select pg_catalog.pg_get_indexdef(i.indexrelid) as text,
       pg_catalog.format('CREATE %sINDEX %I ON %I.%I ', case when i.indisunique then 'UNIQUE ' end, x.relname, n.nspname, c.relname) as head) as d
 where n.nspname = $1 and c.relname = $2
 order by x.relname`;

/** What stands in the way of putting another table in this one's place; empty: nothing. */
export async function swapObstacles(session: Session, { schema, name }: TableName): Promise<string[]> {
  const [row] = await session.query<Record<string, boolean>>(obstaclesQuery, [schema, name]);
  if (!row) return ["kind"];
  return Object.entries(row).flatMap(([obstacle, there]) => (there ? [obstacle] : []));
}

/** All that has to be made again for a table that nothing stands in the way of; undefined where an index defies it. */
export async function readSwapFacts(session: Session, { schema, name }: TableName): Promise<SwapFacts | undefined> {
  const [facts] = await session.query<Omit<SwapFacts, "indexes">>(factsQuery, [schema, name]);
  const indexes = await session.query<IndexFacts>(indexesQuery, [schema, name]);
  return facts && indexes.every(({ definition }) => definition !== null) ? { ...facts, indexes } : undefined;
}
