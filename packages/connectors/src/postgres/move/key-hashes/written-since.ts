import { destinationFacts } from "../destination-facts.ts";
import type { Session } from "../../session.ts";
import { tableIdent } from "../../identifiers.ts";
import type { WriteJob } from "../writers/write-job.ts";
import { isTellable, type Transactions } from "../xmin-window.ts";
import type { Written } from "./key-sum.ts";

export type WrittenNow = {
  /** What the next run has to know. */
  readonly marks: Written;
  readonly source: Transactions;
  readonly destination: Transactions;
};

/**
 * The columns by number, of the table and of its partitions: a column with a default that was added later, or a
 * partition put in another's place, changes rows without writing them. Null where rows change otherwise as well.
 */
const shapeQuery = `
with recursive parts as (
  select pg_catalog.to_regclass($1)::oid as oid
   union select relid::oid from pg_catalog.pg_partition_tree(pg_catalog.to_regclass($1)))
select case when not pg_catalog.bool_or(a.attgenerated = 'v' or c.relkind = 'r' and c.relhassubclass or c.relkind not in ('r', 'p'))
       then pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.string_agg(
              pg_catalog.concat_ws(' ', c.oid, a.attnum, a.atttypid, a.attname), ',' order by c.oid, a.attnum), 'UTF8')), 'hex')
       end as shape,
       pg_catalog.pg_snapshot_xmin(s)::text as settled, pg_catalog.pg_snapshot_xmax(s)::text as next
  from parts p
  join pg_catalog.pg_class c on c.oid = p.oid
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 cross join pg_catalog.pg_current_snapshot() as s
 group by s::text, pg_catalog.pg_snapshot_xmin(s), pg_catalog.pg_snapshot_xmax(s)`;

type Shape = Transactions & { readonly shape: string | null };

/** Where both sides stand now, before anything is compared; undefined where rows may change without being written. */
export async function readWritten({ session, table, plan, reading }: WriteJob): Promise<WrittenNow | undefined> {
  const portable = plan.format === "binary" && (reading.kind === "table" || reading.kind === "partitioned_table");
  if (!portable || (await destinationFacts(session, table)).intercepted) return undefined;
  const source = await reading.at(() => readShape(reading.session, reading.from));
  const destination = await readShape(session, tableIdent(table));
  const [own] = await session.query<{ number: string }>("select pg_catalog.pg_current_xact_id()::text as number");
  if (!source?.shape || !destination?.shape || !own) return undefined;
  const marks = {
    source: source.settled,
    destination: destination.settled,
    own: own.number,
    shape: `${source.shape} ${destination.shape}`,
  };
  return { marks, source, destination };
}

async function readShape(session: Session, relation: string): Promise<Shape | undefined> {
  const [shape] = await session.query<Shape>(shapeQuery, [relation]);
  return shape;
}

/**
 * Conditions on the rows of either side that were written since a run that left both alike, but for what that run wrote
 * itself; a row that neither side has written is still the same on both. Undefined where nobody can tell.
 */
export function writtenSince(
  last: Written | undefined,
  now: WrittenNow | undefined,
): { readonly source: string; readonly destination: string } | undefined {
  if (!last || !now || last.shape !== now.marks.shape) return undefined;
  if (!isTellable(last.source, now.source) || !isTellable(last.destination, now.destination)) return undefined;
  // By age, which is one subtraction a row; both ages are counted from the same transaction.
  const since = (from: string): string =>
    `pg_catalog.age(xmin) <= (select pg_catalog.age('${number32(from)}'::pg_catalog.xid))`;
  return {
    source: since(last.source),
    destination: `${since(last.destination)} and xmin <> '${number32(last.own)}'::pg_catalog.xid`,
  };
}

function number32(transaction: string): bigint {
  return BigInt.asUintN(32, BigInt(transaction));
}
