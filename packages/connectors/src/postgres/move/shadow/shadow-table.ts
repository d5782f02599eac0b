import { randomBytes } from "node:crypto";
import type { TableName } from "@headgate/contract";
import { escapeLiteral } from "pg";
import { ident, idents, tableIdent } from "../../identifiers.ts";
import type { Session } from "../../session.ts";
import type { SwapFacts } from "./swap-facts.ts";

/** A table beside another, of its shape and without its keys, that will take its place. */
export type Shadow = {
  readonly table: TableName;
  readonly of: TableName;
  readonly facts: SwapFacts;
  /** Names its indexes have until the other's are free. */
  readonly indexNames: readonly string[];
};

/** Makes the shadow, empty: where the other table lies, stored as it is, with its columns' defaults and checks. */
export async function createShadow(session: Session, of: TableName, facts: SwapFacts): Promise<Shadow> {
  const name = `headgate_new_${randomBytes(6).toString("hex")}`;
  const table = { schema: of.schema, name };
  const storage = facts.storage === "" ? "" : ` with (${facts.storage})`;
  const like = ["defaults", "constraints", "generated", "storage", "compression", "comments"]
    .map((what) => `including ${what}`)
    .join(" ");
  await session.execute(
    `set local default_tablespace = ${escapeLiteral(facts.tablespace)};
     create ${facts.unlogged ? "unlogged " : ""}table ${tableIdent(table)} (like ${tableIdent(of)} ${like})${storage}`,
  );
  return { table, of, facts, indexNames: facts.indexes.map((_, place) => `${name}_${place}`) };
}

/** What LIKE leaves out. Rights come after the rows, for an owner may have taken his own away. */
const likenessQuery = `
select statement from (
  select 1 as step, pg_catalog.format('alter table %s alter %I set statistics %s', $3::text, a.attname, a.attstattarget) as statement
    from t, pg_catalog.pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attstattarget >= 0
  union all
  select 1, pg_catalog.format('alter table %s alter %I set (%s)', $3, a.attname,
           (select pg_catalog.string_agg(pg_catalog.format('%s=%L', pg_catalog.split_part(option, '=', 1),
              pg_catalog.substr(option, pg_catalog.strpos(option, '=') + 1)), ', ') from unnest(a.attoptions) as option))
    from t, pg_catalog.pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attoptions <> '{}'
  union all
  select 2, pg_catalog.format('revoke all on %s from %s', $3, t.relowner::regrole) from t where t.relacl is not null
  union all
  select 3, pg_catalog.format('grant %s on %s to %s%s', g.privilege_type, $3,
           case g.grantee when 0 then 'public' else g.grantee::regrole::text end, case when g.is_grantable then ' with grant option' end)
    from t, pg_catalog.aclexplode(t.relacl) g
  union all
  select 3, pg_catalog.format('grant %s (%I) on %s to %s%s', g.privilege_type, a.attname, $3,
           case g.grantee when 0 then 'public' else g.grantee::regrole::text end, case when g.is_grantable then ' with grant option' end)
    from t, pg_catalog.pg_attribute a, pg_catalog.aclexplode(a.attacl) g where a.attrelid = t.oid and not a.attisdropped
) as statements order by step`;

/** Gives the loaded shadow its keys, rights and comments, and rough statistics, which autovacuum will refine. */
export async function finishShadow(session: Session, { table, of, facts, indexNames }: Shadow): Promise<void> {
  const here = tableIdent(table);
  for (const [place, index] of facts.indexes.entries()) {
    const name = indexNames[place] ?? "";
    await session.execute(
      `set local default_tablespace = ${escapeLiteral(index.tablespace)};
       create ${index.unique ? "unique " : ""}index ${ident(name)} on ${here} ${index.definition}`,
    );
    const own = tableIdent({ schema: table.schema, name });
    const after = [
      index.constraint &&
        `alter table ${here} add constraint ${ident(name)} ${index.constraint} using index ${ident(name)}${index.timing}`,
      index.clustered && `alter table ${here} cluster on ${ident(name)}`,
      index.comment !== null && `comment on index ${own} is ${escapeLiteral(index.comment)}`,
      index.constraintComment !== null &&
        `comment on constraint ${ident(name)} on ${here} is ${escapeLiteral(index.constraintComment)}`,
    ].filter((statement) => statement !== false && statement !== null);
    if (after.length > 0) await session.execute(after.join("; "));
  }
  const statements = await session.query<{ statement: string }>(
    `with t as (select c.* from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = $1 and c.relname = $2) ${likenessQuery}`,
    [of.schema, of.name, here],
  );
  const comment = facts.comment === null ? [] : [`comment on table ${here} is ${escapeLiteral(facts.comment)}`];
  const analyze = ["set local default_statistics_target = 10", `analyze ${here}`, "set local default_tablespace = ''"];
  await session.execute([...analyze, ...comment, ...statements.map(({ statement }) => statement)].join("; "));
}

/** Statements that put the shadow in the other's place, under all its names; they change the catalog only. */
export function swapSql({ table, of, facts, indexNames }: Shadow): string {
  const renames = facts.indexes.map(({ name, constraint }, place) => {
    const own = indexNames[place] ?? "";
    return constraint
      ? `alter table ${tableIdent(of)} rename constraint ${ident(own)} to ${ident(name)}`
      : `alter index ${tableIdent({ schema: of.schema, name: own })} rename to ${ident(name)}`;
  });
  return [
    `drop table ${tableIdent(of)}`,
    `alter table ${tableIdent(table)} rename to ${ident(of.name)}`,
    ...renames,
  ].join("; ");
}

/** Copies the shadow's rows into the table they were meant for, and drops it. */
export function refillSql({ table, of }: Shadow, columns: readonly string[], overriding: boolean): string {
  const list = idents(columns);
  return `insert into ${tableIdent(of)} (${list})${overriding ? " overriding system value" : ""} select ${list} from ${tableIdent(table)}`;
}
