import { randomUUID } from "node:crypto";
import type { FlowDefinition, Run, WriteMode } from "@headgate/contract";
import { writeModeRules, type Settings } from "@headgate/core";
import { enqueueRun, findRun, insertConnection, insertFlow, inTransaction, openStore } from "@headgate/store";
import { createDatabase, createStore, startPostgres, type TestDatabase, type TestStore } from "@headgate/testkit";
import { vi } from "vitest";
import { createLog } from "../log.ts";
import { startWorker, type Worker, type WorkerOptions } from "../start.ts";

export type WorkerSettings = Settings & { readonly databaseUrl: string };

/** A store, and on a server of their own (the store's own server is never let through the gate) two databases. */
export type Scene = {
  readonly store: TestStore;
  readonly settings: WorkerSettings;
  readonly source: TestDatabase;
  readonly destination: TestDatabase;
  /** A flow from a source table of `rows` rows to an empty table of the same name. */
  newFlow(options: FlowOptions): Promise<SceneFlow>;
  /** A worker inside this process, with a store connection of its own. */
  startWorker(options?: Partial<WorkerOptions>): Promise<Worker>;
  close(): Promise<void>;
};

export type FlowOptions = {
  readonly mode: WriteMode;
  readonly rows: number;
  readonly schedule?: FlowDefinition["schedule"];
  /** Absent: a refused row ends the run. */
  readonly badRows?: FlowDefinition["badRows"];
  /** Absent: all rows in every run. */
  readonly readMode?: FlowDefinition["readMode"];
  /** Whatever else the definition says. */
  readonly more?: Partial<FlowDefinition>;
};

export type SceneFlow = {
  readonly id: string;
  readonly table: string;
  start(): Promise<Run>;
  /** Rows that are on one side only, counted by the text of every column. */
  difference(): Promise<{ missing: number; extra: number; rows: number }>;
};

export async function openScene(): Promise<Scene> {
  const [store, server] = await Promise.all([createStore(), startPostgres({ settings: { max_connections: "200" } })]);
  const [source, destination] = await Promise.all([createDatabase({ server }), createDatabase({ server })]);
  const ids = { source: await connectionTo(store, source), destination: await connectionTo(store, destination) };
  const settings: WorkerSettings = {
    host: "127.0.0.1",
    port: 1,
    dataDir: "unused",
    databaseUrl: store.database.url,
    egressAllow: [],
    trustProxy: [],
    rateLimits: "on",
    logLevel: "fatal",
  };
  const closers: (() => Promise<void>)[] = [];
  return {
    store,
    settings,
    source,
    destination,
    newFlow: (options) => makeFlow({ store, source, destination, ids }, options),
    async startWorker(options = {}) {
      const own = await openStore({ databaseUrl: store.database.url, masterKey: store.masterKey });
      const worker = await startWorker({ settings, store: own, version: "test", log: createLog("fatal"), ...options });
      let closed: Promise<void> | undefined;
      const close = (drainMs = 0): Promise<void> => (closed ??= worker.close(drainMs).then(() => own.close()));
      closers.push(() => close());
      return { id: worker.id, close };
    },
    async close() {
      await Promise.all(closers.map((close) => close()));
      await store.close();
      await server.stop();
    },
  };
}

async function connectionTo(store: TestStore, { host, port, user, password, database }: TestDatabase): Promise<string> {
  const settings = { host, port, user, database, tlsMode: "disable" as const };
  const made = await insertConnection(store, { name: `to ${database}`, settings, secrets: { password } });
  if ("refused" in made) throw new Error(made.refused);
  return made.id;
}

type Place = Pick<Scene, "store" | "source" | "destination"> & { ids: { source: string; destination: string } };

async function makeFlow(
  { store, source, destination, ids }: Place,
  { mode: writeMode, rows, schedule = { kind: "manual" }, badRows = "stop", readMode = "full", more }: FlowOptions,
): Promise<SceneFlow> {
  const id = randomUUID();
  const name = `items_${id.slice(0, 8)}`;
  const table = { schema: "public", name };
  await source.query(
    `create table ${name} as select n as id, 'item ' || n as label, n / 7.0 as weight from generate_series(1, ${rows}) n`,
  );
  await destination.query(`create table ${name} (id integer primary key, label text, weight numeric)`);
  const definition: FlowDefinition = {
    source: { connectionId: ids.source, table },
    destination: { kind: "postgres", connectionId: ids.destination, table },
    writeMode,
    readMode,
    badRows,
    syncKey: writeModeRules[writeMode].needsSyncKey ? ["id"] : [],
    fields: ["id", "label", "weight"].map((field) => ({ source: field, destination: field })),
    schedule,
    ...more,
  };
  await insertFlow(store.db, { id, name, definition, practice: false });
  return {
    id,
    table: name,
    start: () =>
      inTransaction(store.db, async (client) => {
        const run = await enqueueRun({ db: client, queue: store.queue }, id, "manual");
        if (run === "active") throw new Error("A run is active.");
        return run;
      }),
    async difference() {
      const [there, here] = await Promise.all(
        [source, destination].map(async (side) => {
          const { rows: found } = await side.query<{ text: string }>(`select t::text as text from ${name} t`);
          return found.map((row) => row.text);
        }),
      );
      const arrived = new Set(here);
      const sent = new Set(there);
      const missing = [...sent].filter((text) => !arrived.has(text)).length;
      return {
        missing,
        extra: (here?.length ?? 0) - [...arrived].filter((text) => sent.has(text)).length,
        rows: arrived.size,
      };
    },
  };
}

/** Waits until the run is in one of the states; looks every 50 ms. */
export function untilRun(store: TestStore, runId: string, ...statuses: Run["status"][]): Promise<Run> {
  return vi.waitFor(
    async () => {
      const run = await findRun(store.db, runId);
      if (!run || !statuses.includes(run.status))
        throw new Error(`The run is ${run?.status}: ${JSON.stringify(run?.failure)}`);
      return run;
    },
    { timeout: 90_000, interval: 50 },
  );
}
