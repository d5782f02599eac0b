import { idents, tableIdent } from "../../identifiers.ts";
import type { WriteJob } from "../writers/write-job.ts";
import { rowHashSql } from "./column-hashes.ts";
import { keyOrder, orderBySql, type KeyType } from "./key-types.ts";
import { resultTypes } from "./result-types.ts";
import { haveSameHashes } from "./same-hashes.ts";
import type { Written } from "./key-sum.ts";
import { readWritten, writtenSince } from "./written-since.ts";

/** How both sides are asked for keys and hashes in one order. */
export type Comparison = {
  /** The sync key's columns in the order of the index that holds them. */
  readonly key: readonly string[];
  readonly order: readonly KeyType[];
  /** The source's rows under the names of the destination's columns. */
  readonly rows: string;
  readonly source: string;
  readonly destination: string;
  /** What the next run has to know to look only at rows written since this one. */
  readonly written: Written | undefined;
};

/** Views may give other rows when asked again, and a foreign table is another server's, without our snapshot. */
const lasting = new Set(["table", "partitioned_table", "materialized_view"]);

const likeBytesQuery = `
select pg_catalog.bool_and(o.collisdeterministic) as exact
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_collation o on o.oid in (
         select attcollation from pg_catalog.pg_attribute where attrelid = c.oid
         union select unnest(indcollation::oid[]) from pg_catalog.pg_index where indrelid = c.oid)
 where n.nspname = $1 and c.relname = $2`;

/** Undefined where the two sides have no key whose order both know, or hash otherwise. */
export async function planComparison(job: WriteJob): Promise<Comparison | undefined> {
  const { session, table, destination, plan, reading } = job;
  if (!lasting.has(reading.kind) || !["table", "partitioned_table"].includes(destination.kind)) return undefined;
  const index = destination.uniqueKeys.find(
    ({ columns }) => columns.length === plan.syncKey.length && columns.every((name) => plan.syncKey.includes(name)),
  );
  const key = index?.columns ?? plan.syncKey;
  const kept = `select ${idents(plan.columns)} from ${tableIdent(table)}`;
  const rows = `select * from (${reading.select}) as s (${idents(plan.columns)})`;
  const [from, to] = [await reading.at(() => resultTypes(reading.session, rows)), await resultTypes(session, kept)];
  const places = key.map((name) => plan.columns.indexOf(name));
  const order = keyOrder(pick(from, places), pick(to, places));
  if (!order) return undefined;
  if (order.some(({ words }) => words)) {
    const [found] = await session.query<{ exact: boolean | null }>(likeBytesQuery, [table.schema, table.name]);
    if (found?.exact === false) return undefined;
  }
  const now = await readWritten(job);
  const since = writtenSince(job.keyList.known?.written, now);
  if (!since && !(await reading.at(() => haveSameHashes(reading.session, session)))) return undefined;
  const asked = (changed: string, relation: string): string =>
    `select ${idents(key)}, ${changed} from ${relation} as r order by ${orderBySql(key, order)}`;
  const common = { key, order, rows, written: now?.marks };
  if (!since) {
    const hash = rowHashSql(plan.columns, from, to);
    return { ...common, source: asked(hash, `(${rows})`), destination: asked(hash, tableIdent(table)) };
  }
  // Unlike on both sides, so that a row written on either differs and is looked at itself.
  const marked = `(select * from (${reading.marked}) as m (${idents([...plan.columns, "xmin"])}))`;
  return {
    ...common,
    source: asked(`case when ${since.source} then 1 else 0 end::pg_catalog.int8`, marked),
    destination: asked(`case when ${since.destination} then 2 else 0 end::pg_catalog.int8`, tableIdent(table)),
  };
}

function pick<T>(values: readonly T[], places: readonly number[]): T[] {
  return places.flatMap((place) => values[place] ?? []);
}
