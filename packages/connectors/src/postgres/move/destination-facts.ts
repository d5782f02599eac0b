import type { TableName } from "@headgate/contract";
import { ident } from "../identifiers.ts";
import type { Session } from "../session.ts";
import type { KeyOperators } from "./stage-sql.ts";

export type DestinationFacts = {
  /** A trigger before each row, or a rule, may drop or redirect rows without a word (V26). */
  readonly intercepted: boolean;
};

const interceptedQuery = `
select exists (select from pg_catalog.pg_trigger t
                where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled <> 'D' and t.tgtype & 1 = 1 and t.tgtype & 66 <> 0)
    or exists (select from pg_catalog.pg_rewrite r where r.ev_class = c.oid and r.ev_type <> '1') as intercepted
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relname = $2`;

export async function destinationFacts(session: Session, { schema, name }: TableName): Promise<DestinationFacts> {
  const [found] = await session.query<DestinationFacts>(interceptedQuery, [schema, name]);
  return { intercepted: found?.intercepted ?? false };
}

const operatorsQuery = `
select i.indexrelid, a.attname::text as column, on_.nspname::text as schema, o.oprname::text as name
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indimmediate
       and i.indpred is null and i.indexprs is null and i.indnkeyatts = pg_catalog.cardinality($3::text[])
 cross join lateral unnest(i.indkey::int2[], i.indclass::oid[]) with ordinality as k(number, class, place)
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.number and a.attname = any ($3::text[])
  join pg_catalog.pg_opclass oc on oc.oid = k.class
  join pg_catalog.pg_amop am on am.amopfamily = oc.opcfamily and am.amoplefttype = oc.opcintype
       and am.amoprighttype = oc.opcintype and am.amopstrategy = 3
  join pg_catalog.pg_operator o on o.oid = am.amopopr
  join pg_catalog.pg_namespace on_ on on_.oid = o.oprnamespace
 where n.nspname = $1 and c.relname = $2 and k.place <= i.indnkeyatts
 order by i.indexrelid, k.place`;

type OperatorRow = { indexrelid: number; column: string; schema: string; name: string };

/** The equality operators of the unique index on exactly these columns. */
export async function keyOperators(
  session: Session,
  { schema, name }: TableName,
  syncKey: readonly string[],
): Promise<KeyOperators> {
  const rows = await session.query<OperatorRow>(operatorsQuery, [schema, name, [...syncKey]]);
  const byIndex = Map.groupBy(rows, (row) => row.indexrelid);
  const index = [...byIndex.values()].find((columns) => columns.length === syncKey.length) ?? [];
  return index.map((row) => ({ column: row.column, equals: `operator(${ident(row.schema)}.${row.name})` }));
}
