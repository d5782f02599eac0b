import type { Overwrites, TableName } from "@headgate/contract";
import { ident, idents, tableIdent } from "../identifiers.ts";
import type { ColumnPlan } from "./column-plan.ts";

/** Rows wait here until they are merged; temporary, so it is ours alone and goes with the transaction. */
export const stage = "pg_temp.headgate_stage";

/** Columns and types of the destination, without its constraints: those are judged when rows are merged. */
export function createStageSql(table: TableName, { columns }: ColumnPlan): string {
  return `create temp table headgate_stage on commit drop as select ${idents(columns)} from ${tableIdent(table)} with no data`;
}

/** Counts rows whose key is empty, and keys that stand in more than one row. */
export function keyFaultsSql({ syncKey }: Pick<ColumnPlan, "syncKey">, from = stage): string {
  const key = idents(syncKey);
  const empty = syncKey.map((name) => `${ident(name)} is null`).join(" or ");
  return `select count(*) filter (where ${empty})::text as empty,
    (select count(*)::text from (select from ${from} group by ${key} having count(*) > 1) as again) as repeated from ${from}`;
}

/** Equality of each key column as the unique index itself sees it, for example `operator(public.=)` of citext. */
export type KeyOperators = readonly { readonly column: string; readonly equals: string }[];

/** How many rows a merge would create and change; the rest is there already, byte for byte. */
export function countChangesSql(table: TableName, plan: ColumnPlan, key: KeyOperators): string {
  const same = sameKeySql(key);
  const differs = plan.changing.length === 0 ? "false" : distinct(plan, "t", "s");
  const first = ident(plan.syncKey[0] ?? "");
  return `select count(*) filter (where t.${first} is null)::text as created,
      count(*) filter (where t.${first} is not null and ${differs})::text as updated
    from ${stage} s left join ${tableIdent(table)} t on ${same}`;
}

/** Adds the staged rows whose key is not there yet. */
export function insertMissingSql(table: TableName, plan: ColumnPlan): string {
  return `with inserted as (${insertSql(table, plan)} on conflict (${idents(plan.syncKey)}) do nothing returning true)
    select count(*)::text as created from inserted`;
}

/**
 * Changes the rows that differ from the staged row of their key. One statement, so that all counts are of one moment:
 * `matched` has a row at the destination, `differing` should change, `updated` did.
 */
export function updateSql(table: TableName, plan: ColumnPlan, key: KeyOperators): string {
  const both = `${tableIdent(table)} t`;
  const differs = plan.changing.length === 0 ? "false" : distinct(plan, "t", "s");
  const set = plan.changing.map((name) => `${ident(name)} = ${newValue(plan, name, "t", "s")}`).join(", ");
  const changed =
    plan.changing.length === 0
      ? "select true where false"
      : `update ${tableIdent(table)} as t set ${set} from ${stage} s where ${sameKeySql(key)} and ${differs} returning true`;
  return `with changed as (${changed})
    select (select count(*) from changed)::text as updated, count(*)::text as matched,
           count(*) filter (where ${differs})::text as differing
      from ${stage} s join ${both} on ${sameKeySql(key)}`;
}

/** Equality of the keys of two row aliases. */
export function sameKeySql(key: KeyOperators, one = "t", other = "s"): string {
  return key.map(({ column, equals }) => `${one}.${ident(column)} ${equals} ${other}.${ident(column)}`).join(" and ");
}

/**
 * Inserts new rows and changes those that differ. Rows are compared as stored (`*<>`): `=` calls 1.0 and 1.00, or two
 * boxes of one area, the same, and json has none. xmax is 0 exactly on rows the statement itself inserted.
 */
export function upsertSql(table: TableName, plan: ColumnPlan, countByXmax: boolean): string {
  const counts = countByXmax
    ? "count(*) filter (where created)::text as created, count(*) filter (where not created)::text as updated"
    : "count(*)::text as affected";
  const update = plan.changing.map((name) => `${ident(name)} = ${newValue(plan, name, "t", "excluded")}`).join(", ");
  const conflict =
    plan.changing.length === 0 ? "do nothing" : `do update set ${update} where ${distinct(plan, "t", "excluded")}`;
  return `with merged as (
      ${insertSql(table, plan)} on conflict (${idents(plan.syncKey)}) ${conflict}
      returning ${countByXmax ? "t.xmax = 0" : "true"} as created
    ) select ${counts} from merged`;
}

/** Inserts all staged rows. */
export function insertSql(table: TableName, { columns, overriding }: ColumnPlan): string {
  return `insert into ${tableIdent(table)} as t (${idents(columns)})${overriding ? " overriding system value" : ""}
      select ${idents(columns)} from ${stage}`;
}

const newValues: Readonly<Record<Overwrites, (there: string, came: string) => string>> = {
  always: (_there, came) => came,
  with_values: (there, came) => `coalesce(${came}, ${there})`,
  empty_only: (there, came) => `coalesce(${there}, ${came})`,
};

/** What an update makes of a column: `one` is the row that is there, `other` the one that came. */
function newValue({ overwrites }: ColumnPlan, name: string, one: string, other: string): string {
  return newValues[overwrites[name] ?? "always"](`${one}.${ident(name)}`, `${other}.${ident(name)}`);
}

/** Whether a merge would change row `t` to what row `s` of the stage holds. */
export function differsSql(plan: ColumnPlan): string {
  return distinct(plan, "t", "s");
}

function distinct(plan: ColumnPlan, one: string, other: string): string {
  const came = plan.changing.map((name) => newValue(plan, name, one, other)).join(", ");
  // The casts keep the parser from taking it for one comparison per column.
  return `row(${idents(plan.changing, `${one}.`)})::record operator(pg_catalog.*<>) row(${came})::record`;
}
