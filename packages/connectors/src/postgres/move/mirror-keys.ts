import type { TableName } from "@headgate/contract";
import { idents, tableIdent } from "../identifiers.ts";
import type { Session } from "../session.ts";
import type { ColumnPlan } from "./column-plan.ts";
import { sameKeySql, stage, type KeyOperators } from "./stage-sql.ts";

/**
 * The keys a mirror carries, in a table beside the flow's state: those of all rows it brought in its last run. Only
 * rows with such a key may it ever delete.
 */
export type MirrorKeys = {
  /** Whether an earlier run wrote them down for exactly these columns. */
  readonly known: boolean;
  readonly name: string;
};

/** Finds the keys of earlier runs, or begins a new list; with other key columns the old list says nothing. */
export async function openMirrorKeys(
  session: Session,
  flowId: string,
  table: TableName,
  { syncKey }: ColumnPlan,
): Promise<MirrorKeys> {
  const own = { schema: "headgate", name: `mirror_${flowId.replaceAll("-", "_")}` };
  const name = tableIdent(own);
  const [found] = await session.query<{ columns: string[] }>(
    `select pg_catalog.array_agg(a.attname::text order by a.attnum) as columns
       from pg_catalog.pg_attribute a where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped
     having pg_catalog.count(*) > 0`,
    [name],
  );
  const known = found?.columns.join("\0") === syncKey.join("\0");
  if (!known) {
    await session.execute(`drop table if exists ${name}`);
    await session.execute(`create table ${name} as select ${idents(syncKey)} from ${tableIdent(table)} with no data`);
    await session.execute(`create unique index on ${name} (${idents(syncKey)})`);
  }
  return { known, name };
}

/** Rows `t` that this flow carries and that the source no longer has. */
export function goneCondition({ name }: MirrorKeys, key: KeyOperators): string {
  return `exists (select from ${name} k where ${sameKeySql(key, "t", "k")})
    and not exists (select from ${stage} s where ${sameKeySql(key, "t", "s")})`;
}

/** Makes the list that of the staged rows. */
export async function saveMirrorKeys(session: Session, { name }: MirrorKeys, plan: ColumnPlan, key: KeyOperators) {
  await session.execute(
    `delete from ${name} k where not exists (select from ${stage} s where ${sameKeySql(key, "k", "s")})`,
  );
  await session.execute(
    `insert into ${name} select ${idents(plan.syncKey)} from ${stage} on conflict (${idents(plan.syncKey)}) do nothing`,
  );
}
