import type { ReadMode } from "@headgate/contract";
import { expect } from "vitest";
import type { FaultLane } from "./fault-lane.ts";
import { flowOf, runnerOf, type Runner } from "./flows.ts";
import { contextWith, targetOf } from "./targets.ts";

/** Every block of a table, about 150 rows of these, is a page. */
export const paging = { lockMs: 20_000, connectMs: 30_000, pageBytes: 8_192 };

export type PagedWay = {
  readonly mode: "upsert" | "append" | "insert_missing" | "update";
  readonly read: ReadMode;
};

export type PagedFlow = Runner & {
  readonly table: string;
  /** The destination's rows compared with the model, both ways, duplicates counted, as text (I1, I2). */
  expectAll(): Promise<void>;
  /** Amid a run: each row is as it was or as it will be, and none is there twice (I2). */
  expectSome(): Promise<void>;
};

/** How many rows the source has. */
export const pagedRows = 500;
let tables = 0;

/** A flow that has not run yet, from a table of four pages with a key into one in which some rows are already. */
export async function openPagedFlow(lane: FaultLane, { mode, read }: PagedWay): Promise<PagedFlow> {
  const { database } = lane;
  const query = (sql: string): Promise<object[]> => lane.query(sql);
  const name = `paged${(tables += 1)}`;
  const keyed = mode !== "append";
  await query(
    `create table src.${name} (id int primary key, body text, n numeric);
     insert into src.${name} select i, 'row ' || i, i / 7.0 from generate_series(1, ${pagedRows}) i;
     create table dst.${name} (id int ${keyed ? "primary key" : ""}, body text, n numeric);
     insert into dst.${name} select i, 'by hand', 1.00 from generate_series(900001, 900007) i;
     insert into dst.${name} select i * 9, 'older', 0 from generate_series(1, 50) i;
     create table model.${name}_before as table dst.${name};
     create table model.${name}_after as ${modelOf(mode, name)}`,
  );
  const through = ({ port }: { readonly port: number }) => targetOf({ ...database, port }, { tlsMode: "disable" });
  const tablesOf = { from: { schema: "src", name }, to: { schema: "dst", name }, columns: ["id", "body", "n"] };
  const runner = runnerOf(
    flowOf({ ...tablesOf, writeMode: mode, readMode: read, syncKey: keyed ? ["id"] : [] }),
    through(lane.source),
    through(lane.destination),
  );
  const rowsOf = (from: string): string => `select id::text, body, n::text from ${from}`;
  const [here, before, after] = [`dst.${name}`, `model.${name}_before`, `model.${name}_after`].map(rowsOf);
  return {
    ...runner,
    table: name,
    run: (change) => runner.run({ context: contextWith(paging), ...change }),
    expectAll: async () => {
      const lacking = await query(`(${after} except all ${here}) limit 3`);
      const surplus = await query(`(${here} except all ${after}) limit 3`);
      expect({ lacking, surplus }).toEqual({ lacking: [], surplus: [] });
    },
    expectSome: async () => {
      expect(await query(`((${here} except all ${after}) except all ${before}) limit 3`)).toEqual([]);
    },
  };
}

/** What the flow has to make of the destination, said in SQL without any of ours. */
function modelOf(mode: PagedWay["mode"], name: string): string {
  const before = `model.${name}_before`;
  const source = `src.${name}`;
  const models: Record<PagedWay["mode"], string> = {
    append: `table ${before} union all table ${source}`,
    insert_missing: `table ${before} union all select * from ${source} where id not in (select id from ${before})`,
    update: `select * from ${before} where id > 900000 union all
      select * from ${source} where id in (select id from ${before})`,
    upsert: `select * from ${before} where id > 900000 union all table ${source}`,
  };
  return models[mode];
}

/** Modes that commit page by page: all rows of one snapshot by key, and first loads that later runs go on from. */
export const pagedWays = [
  { mode: "upsert", read: "full", goesOn: false },
  { mode: "upsert", read: "incremental", goesOn: true },
  { mode: "append", read: "incremental", goesOn: true },
] as const;

/** Less would be no test of pages. */
const fewest = 3;

/**
 * Strikes a run at its first page, another at its second, and so on, until there is none left to strike at. `strike`
 * says whether there was.
 */
export async function atEveryPage(
  lane: FaultLane,
  way: PagedWay,
  strike: (flow: PagedFlow, page: number) => Promise<boolean>,
): Promise<void> {
  // The first flow of a server makes the table of states, with a COMMIT of its own.
  await (await openPagedFlow(lane, way)).run();
  for (let page = 1; ; page += 1) {
    const struck = await strike(await openPagedFlow(lane, way), page);
    await lane.expectNothingLeft();
    if (struck) continue;
    expect(page - 1).toBeGreaterThanOrEqual(fewest);
    return;
  }
}
