import {
  brokenInvariants,
  createDatabase,
  makeModelTables,
  modelSchemas,
  startFaultProxy,
  startPostgres,
  type Aftermath,
  type FaultProxy,
  type Modes,
  type TestDatabase,
  type TestServer,
  type TestServerOptions,
} from "@headgate/testkit";
import { writeModeRules } from "@headgate/core";
import type { WriteMode } from "@headgate/contract";
import { Pool } from "pg";
import { expect } from "vitest";
import { RunHeld } from "../postgres/move/mirror-guards.ts";
import { RunFault } from "../postgres/move/run-fault.ts";
import { flowOf, runnerOf, type Runner } from "./flows.ts";
import { contextWith, targetOf } from "./targets.ts";

export type Combination = Modes;

/** Every write mode with every read mode it has at a table. */
export const combinations: readonly Combination[] = (Object.keys(writeModeRules) as WriteMode[]).flatMap((mode) =>
  (writeModeRules[mode].readsAll ? (["full"] as const) : (["full", "incremental"] as const)).map((read) => ({
    mode,
    read,
  })),
);

/** Every write mode once, in the way it reads where nobody chose another. */
export const modes: readonly Combination[] = combinations.filter(
  ({ mode, read }) => writeModeRules[mode].readsAll || read === "incremental",
);

/** A server of its own with both ends of a flow, each behind a proxy that strikes where a test says. */
export type FaultLane = {
  readonly server: TestServer;
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
  /** Changes the source further before the run under test. */
  readonly more?: (table: string) => string;
  /** Waited for before each run. */
  readonly beforeRun?: () => Promise<void>;
  /** Between us and the two ends, in place of the proxies that strike. */
  readonly through?: { readonly source: Port; readonly destination: Port };
};
type Port = { readonly port: number };

export type FaultFlow = Runner & {
  readonly table: string;
  /** The destination's rows are as a model of the mode has them (I1, I2), and nothing we wrote down holds one (I5). */
  expectContent(which: Aftermath["content"]): Promise<void>;
  /** What an undisturbed run makes of it now is the model's content (I4). */
  expectConverges(): Promise<void>;
};

const patient = { lockMs: 20_000, connectMs: 30_000 };

/** Opens the lane; about 1.5 s. */
export async function openFaultLane(
  settings: Readonly<Record<string, string>> = {},
  options: Omit<TestServerOptions, "settings"> = {},
): Promise<FaultLane> {
  // Of our own, because a transaction anybody has open in the cluster keeps rows from being settled.
  const server = await startPostgres({ ...options, settings: { autovacuum: "off", ...settings } });
  const database = await createDatabase({ server });
  // One session, which is opened anew where a test ends the server.
  const admin = new Pool({ ...targetOf(database), ssl: false, max: 1, application_name: "watching test" });
  admin.on("error", () => {});
  const query = async <Row extends object>(sql: string, values?: unknown[]): Promise<Row[]> =>
    (await admin.query<Row>(sql, values)).rows;
  await query(modelSchemas);
  const [source, destination] = await Promise.all([startFaultProxy(server), startFaultProxy(server)]);
  let tables = 0;

  return {
    server,
    database,
    source,
    destination,
    query,
    expectNothingLeft: async () => {
      const nobody = "select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";
      const temporary = "select from pg_class where relpersistence = 't' and relkind = 'r'";
      await expect.poll(() => query(`${nobody} union all ${temporary}`), { timeout: 30_000, interval: 10 }).toEqual([]);
    },
    flow: async (combination, { rows, badRows = "stop", more, beforeRun, through = { source, destination } } = {}) => {
      const model = await makeModelTables(query, `t${(tables += 1)}`, combination, rows);
      const at = ({ port }: Port) => targetOf({ ...database, port }, { tlsMode: "disable" });
      const runner = runnerOf(
        flowOf({ ...model, writeMode: combination.mode, readMode: combination.read, badRows }),
        at(through.source),
        at(through.destination),
      );
      const words: string[] = [];
      const run: Runner["run"] = async (change) => {
        const context = contextWith(patient);
        const onProgress = (progress: object): void => void words.push(JSON.stringify(progress));
        await beforeRun?.();
        try {
          return await runner.run({ context, onProgress, ...change });
        } catch (error) {
          words.push(wordsOf(error));
          throw error;
        }
      };
      await run();
      await model.change(more?.(`src.${model.name}`));
      const secrets = [database.password];
      const notes = [{ database, schema: "headgate" }];
      const expectContent = async (content: Aftermath["content"]): Promise<void> =>
        expect(await brokenInvariants({ tables: model, content, words, secrets, notes })).toEqual([]);
      return {
        ...runner,
        run,
        table: model.name,
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

/** All that is told of a run that did not end well. */
function wordsOf(error: unknown): string {
  if (error instanceof RunFault) return `${error.message} ${JSON.stringify(error.failure)}`;
  if (error instanceof RunHeld) return `${error.message} ${JSON.stringify(error.hold)}`;
  return String(error);
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
