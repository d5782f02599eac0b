import { randomBytes } from "node:crypto";
import type { ReadMode, TableName, WriteMode } from "@headgate/contract";

export type Modes = { readonly mode: WriteMode; readonly read: ReadMode };

type Ask = <Row extends object>(sql: string) => Promise<Row[]>;

/** The two tables of a flow and what its next run has to make of them; schemas `src`, `dst` and `model`. */
export type ModelTables = {
  readonly name: string;
  readonly from: TableName;
  readonly to: TableName;
  readonly columns: readonly string[];
  readonly syncKey: readonly string[];
  /** After the first run: changes the source, `more` of it if asked, and works out what the next run has to make. */
  change(more?: string): Promise<void>;
  /** The destination's rows compared with the model, both ways, duplicates counted, as text (I1, I2). */
  difference(which: "before" | "after"): Promise<{ lacking: object[]; surplus: object[] }>;
};

export const modelSchemas = "create schema src; create schema dst; create schema model";

/** Stands in rows, where nobody but the destination's table may show it (I5). */
export const canary = `canary-${randomBytes(6).toString("hex")}`;

const deletes: readonly WriteMode[] = ["mirror", "replace"];
const keyless: readonly WriteMode[] = ["append", "replace"];

/** Makes a source of so many rows and a destination that holds rows of others. */
export async function makeModelTables(ask: Ask, name: string, modes: Modes, rows = 400): Promise<ModelTables> {
  const { mode } = modes;
  const key = keyless.includes(mode) ? "" : "primary key";
  await ask(
    `create table src.${name} (id int, body text, n numeric);
     insert into src.${name} select i, 'first ' || i, i / 7.0 from generate_series(1, ${rows}) i;
     create table dst.${name} (id int ${key}, body text, n numeric)`,
  );
  const byHand = `insert into dst.${name} select i, 'by hand', 1.00 from generate_series(900001, 900007) i`;
  if (mode !== "mirror") await ask(`${byHand}; insert into dst.${name} values (1, 'older', 0), (2, 'older', 0)`);
  if (mode === "update") await ask(`insert into dst.${name} select i, 'older', 0 from generate_series(3, 100) i`);
  return {
    name,
    from: { schema: "src", name },
    to: { schema: "dst", name },
    columns: ["id", "body", "n"],
    syncKey: key ? ["id"] : [],
    change: async (more = "") => {
      if (mode === "mirror") await ask(byHand);
      const removed = deletes.includes(mode) ? `delete from src.${name} where id between 60 and 65;` : "";
      await ask(
        `update src.${name} set body = 'second ${canary}' where id <= 50; ${removed}
         insert into src.${name} select 2000000 + i, 'O''Brien ${canary} ' || i, i from generate_series(1, 60) i;
         ${more};
         create table model.${name}_before as table dst.${name};
         create table model.${name}_after as ${modelOf(modes, name)}`,
      );
    },
    difference: async (which) => {
      // A long text by its digest: whoever reads of a difference wants to see which row it is.
      const text = "id::text, case when length(body) > 100 then md5(body) else body end as body, n::text";
      const [here, model] = [`select ${text} from dst.${name}`, `select ${text} from model.${name}_${which}`];
      return {
        lacking: await ask(`(${model} except all ${here}) limit 3`),
        surplus: await ask(`(${here} except all ${model}) limit 3`),
      };
    },
  };
}

/** What the second run has to make of the destination, said in SQL without any of ours. */
function modelOf({ mode, read }: Modes, name: string): string {
  const before = `model.${name}_before`;
  const source = `src.${name}`;
  const models: Record<WriteMode, string> = {
    append: `table ${before} union all
      select * from ${source} ${read === "incremental" ? "where id <= 50 or id > 2000000" : ""}`,
    insert_missing: `table ${before} union all select * from ${source} where id not in (select id from ${before})`,
    update: `select * from ${before} where id not in (select id from ${source}) union all
      select * from ${source} where id in (select id from ${before})`,
    upsert: `select * from ${before} where id not in (select id from ${source}) union all table ${source}`,
    mirror: `select * from ${before} where id > 900000 and id < 1000000 union all table ${source}`,
    replace: `table ${source}`,
  };
  return models[mode];
}
