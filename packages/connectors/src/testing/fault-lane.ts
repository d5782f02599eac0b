import { createDatabase, startFaultProxy, startPostgres, type FaultProxy, type TestDatabase } from "@headgate/testkit";
import { writeModeRules } from "@headgate/core";
import type { ReadMode, WriteMode } from "@headgate/contract";
import { Client } from "pg";
import { expect } from "vitest";
import { flowOf, runnerOf, type Runner } from "./flows.ts";
import { contextWith, targetOf } from "./targets.ts";

export type Combination = { readonly mode: WriteMode; readonly read: ReadMode };

/** Every write mode with every read mode it has at a table. */
export const combinations: readonly Combination[] = (Object.keys(writeModeRules) as WriteMode[]).flatMap((mode) =>
  (writeModeRules[mode].readsAll ? (["full"] as const) : (["full", "incremental"] as const)).map((read) => ({
    mode,
    read,
  })),
);

/** A server of its own with both ends of a flow, each behind a proxy that strikes where a test says. */
export type FaultLane = {
  readonly database: TestDatabase;
  readonly source: FaultProxy;
  readonly destination: FaultProxy;
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** A flow that ran once, after which its source changed; the next run is the one under test. */
  flow(combination: Combination, options?: FlowOptions): Promise<FaultFlow>;
  /** I6: nobody but the test is signed in at the server, so no lock and no temporary table is left either. */
  expectNothingLeft(): Promise<void>;
  close(): Promise<void>;
};

export type FlowOptions = {
  readonly rows?: number;
  readonly badRows?: "stop" | "set_aside";
};

export type FaultFlow = Runner & {
  readonly table: string;
  /** The destination's rows compared with a model of the mode, both ways, duplicates counted, as text (I1, I2). */
  expectContent(which: "before" | "after"): Promise<void>;
  /** What an undisturbed run makes of it now is the model's content (I4). */
  expectConverges(): Promise<void>;
};

const patient = { lockMs: 20_000, connectMs: 30_000 };

/** Opens the lane; about 1.5 s. */
export async function openFaultLane(settings: Readonly<Record<string, string>> = {}): Promise<FaultLane> {
  // Of our own, because a transaction anybody has open in the cluster keeps rows from being settled.
  const server = await startPostgres({ settings: { autovacuum: "off", ...settings } });
  const database = await createDatabase({ server });
  const admin = new Client({ ...targetOf(database), ssl: false });
  admin.on("error", () => {});
  await admin.connect();
  await admin.query("create schema src; create schema dst; create schema model");
  const [source, destination] = await Promise.all([startFaultProxy(server), startFaultProxy(server)]);
  const query = async <Row extends object>(sql: string, values?: unknown[]): Promise<Row[]> =>
    (await admin.query<Row>(sql, values)).rows;
  let tables = 0;

  const expectNothingLeft = async (): Promise<void> => {
    await expect
      .poll(
        () =>
          query(
            `select state, query from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
             union all select 'temporary', relname from pg_class where relpersistence = 't' and relkind = 'r'`,
          ),
        { timeout: 30_000, interval: 10 },
      )
      .toEqual([]);
  };

  return {
    database,
    source,
    destination,
    query,
    expectNothingLeft,
    flow: async ({ mode, read }, { rows = 400, badRows = "stop" } = {}) => {
      const name = `t${(tables += 1)}`;
      const key = writeModeRules[mode].needsSyncKey ? "primary key" : "";
      await query(
        `create table src.${name} (id int, body text, n numeric);
         insert into src.${name} select i, 'first ' || i, i / 7.0 from generate_series(1, ${rows}) i;
         create table dst.${name} (id int ${key}, body text, n numeric)`,
      );
      const byHand = `insert into dst.${name} select i, 'by hand', 1.00 from generate_series(900001, 900007) i`;
      if (mode !== "mirror") await query(`${byHand}; insert into dst.${name} values (1, 'older', 0), (2, 'older', 0)`);
      if (mode === "update") await query(`insert into dst.${name} select i, 'older', 0 from generate_series(3, 100) i`);
      const through = (proxy: FaultProxy) => targetOf({ ...database, port: proxy.port }, { tlsMode: "disable" });
      const runner = runnerOf(
        flowOf({
          from: { schema: "src", name },
          to: { schema: "dst", name },
          columns: ["id", "body", "n"],
          writeMode: mode,
          readMode: read,
          badRows,
          syncKey: key ? ["id"] : [],
        }),
        through(source),
        through(destination),
      );
      const run: Runner["run"] = (change) => runner.run({ context: contextWith(patient), ...change });
      await run();
      if (mode === "mirror") await query(byHand);
      const removed = writeModeRules[mode].deletes ? `delete from src.${name} where id between 60 and 65;` : "";
      await query(
        `update src.${name} set body = 'second' where id <= 50; ${removed}
         insert into src.${name} select 2000000 + i, 'new ' || i, i from generate_series(1, 60) i;
         create table model.${name}_before as table dst.${name};
         create table model.${name}_after as ${modelOf({ mode, read }, name)}`,
      );
      const expectContent = async (which: "before" | "after"): Promise<void> => {
        const text = "id::text, body, n::text";
        const [here, model] = [`select ${text} from dst.${name}`, `select ${text} from model.${name}_${which}`];
        const lacking = `(${model} except all ${here}) limit 3`;
        const surplus = `(${here} except all ${model}) limit 3`;
        expect({ lacking: await query(lacking), surplus: await query(surplus) }).toEqual({ lacking: [], surplus: [] });
      };
      return {
        ...runner,
        run,
        table: name,
        expectContent,
        expectConverges: async () => {
          await run();
          await expectContent("after");
        },
      };
    },
    close: async () => {
      await Promise.all([source.close(), destination.close(), admin.end()]);
      await server.stop();
    },
  };
}

/** What the second run has to make of the destination, said in SQL without any of ours. */
function modelOf({ mode, read }: Combination, name: string): string {
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

/** Recognises the end of a statement by its command tag, `COMMIT` or `COPY 400`. */
export function tag(text: string): (message: { from: string; letter: string; text: string }) => boolean {
  return (message) => message.from === "server" && message.letter === "C" && message.text.startsWith(text);
}

/** Recognises a query on its way to the server by how it begins. */
export function asks(text: string): (message: { from: string; letter: string; text: string }) => boolean {
  return (message) => message.from === "client" && message.letter === "Q" && message.text.startsWith(text);
}

/** Recognises COPY data of one side. */
export function rowsFrom(side: "client" | "server"): (message: { from: string; letter: string }) => boolean {
  return ({ from, letter }) => from === side && letter === "d";
}
