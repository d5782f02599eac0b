import type { Stream, TableName } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import type { Session } from "../../session.ts";
import type { ColumnPlan, MovePlan } from "../column-plan.ts";
import type { TableFiles } from "./table-files.ts";

/** What a page may break although the whole would not: rules that look at other rows, and keys that only look alike. */
const wholeQuery = `
select exists (select from pg_catalog.pg_constraint r
                where r.conrelid = c.oid and (r.condeferrable or (r.contype = 'f' and r.confrelid = c.oid))) as bound,
       exists (select from pg_catalog.pg_index i cross join unnest(i.indcollation) as k (id)
                 join pg_catalog.pg_collation l on l.oid = k.id and not l.collisdeterministic
                where i.indrelid = c.oid and i.indisunique) as loose
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relname = $2`;

/**
 * Whether the rows may be committed page by page: no rule of the destination needs them all at once, and no key stands
 * in two pages, which the source's own unique key on the same columns and types proves.
 */
export async function mayPage(
  destination: Session,
  plan: MovePlan,
  { source, into, columns, files }: { source: Stream; into: Stream; columns: ColumnPlan; files: TableFiles },
): Promise<boolean> {
  const keyed = writeModeRules[plan.writeMode].needsSyncKey;
  if (keyed && (files.inherited || !keysDiffer(source, into, columns))) return false;
  const { bound, loose } = await askWhole(destination, plan.destination.table);
  return !bound && !(keyed && loose);
}

async function askWhole(session: Session, { schema, name }: TableName): Promise<{ bound: boolean; loose: boolean }> {
  const [found] = await session.query<{ bound: boolean; loose: boolean }>(wholeQuery, [schema, name]);
  return found ?? { bound: true, loose: true };
}

/** Whether no two rows of the source can have the same key at the destination, and none an empty one. */
function keysDiffer(source: Stream, into: Stream, { sourceColumns, columns, syncKey }: ColumnPlan): boolean {
  const names = syncKey.map((name) => sourceColumns[columns.indexOf(name)]);
  const unique = source.uniqueKeys.some(
    (key) => !key.nullable && key.columns.every((column) => names.includes(column)),
  );
  return unique && syncKey.every((name, place) => sameType(source, names[place], into, name));
}

/** The same type, length and scale: otherwise 1.001 and 1.002 might become one key. */
function sameType(source: Stream, from: string | undefined, into: Stream, to: string): boolean {
  const one = source.fields.find(({ name }) => name === from);
  const other = into.fields.find(({ name }) => name === to);
  return one !== undefined && one.type === other?.type && one.typeName === other.typeName && one.builtIn === true;
}
