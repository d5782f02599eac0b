import { randomUUID } from "node:crypto";
import type { Run } from "@headgate/contract";
import { createEgressGate } from "@headgate/connectors";
import { enqueueRun, findRun, insertConnection, insertFlow, inTransaction } from "@headgate/store";
import {
  brokenInvariants,
  createDatabase,
  createStore,
  makeModelTables,
  modelSchemas,
  startFaultProxy,
  startPostgres,
  type Aftermath,
  type FaultProxy,
  type Modes,
  type PassingMessage,
  type TestDatabase,
  type TestStore,
} from "@headgate/testkit";
import { expect, onTestFinished, vi } from "vitest";
import { createLog } from "../log.ts";
import { takeRun } from "../take-run.ts";
import { untilRun, type WorkerSettings } from "./scene.ts";
import { startWorkerProcess, type WorkerProcess } from "./worker-process.ts";

/** As many as a worker takes at once. */
export const flowsAtOnce = 4;

/** The mode and the read mode that a flow of it has where nobody chose another. */
export const modes: readonly Modes[] = [
  { mode: "append", read: "incremental" },
  { mode: "insert_missing", read: "incremental" },
  { mode: "update", read: "incremental" },
  { mode: "upsert", read: "incremental" },
  { mode: "mirror", read: "full" },
  { mode: "replace", read: "full" },
];

/** A store, and one database with both ends of flows, each of which passes proxies of its own. */
export type WorkerLane = {
  readonly store: TestStore;
  readonly settings: WorkerSettings;
  readonly database: TestDatabase;
  startWorker(): Promise<WorkerProcess>;
  /** A flow that a worker ran once, after which its source changed; the next run is the one under test. */
  flow(modes: Modes): Promise<LaneFlow>;
  /** Executes a waiting run, or one whose worker is gone, as another worker does. */
  take(flow: LaneFlow, run: Pick<Run, "id">): Promise<void>;
  /** Lets the time pass after which a run whose worker is silent may be taken. */
  endLeases(runs: readonly Pick<Run, "id">[]): Promise<void>;
  close(): Promise<void>;
};

const silent = createLog("fatal");

export type LaneFlow = {
  readonly id: string;
  readonly modes: Modes;
  readonly source: FaultProxy;
  readonly destination: FaultProxy;
  start(): Promise<Run>;
  /** I1, I2, I3 and I5: rows, what is told of the run, and that nothing holds a secret. */
  expectHolds(
    content: Aftermath["content"],
    run: Pick<Run, "id">,
    told: object,
    workers?: readonly WorkerProcess[],
  ): Promise<void>;
  /** I4, I6: the next run, undisturbed, makes of it what it should, and then nobody is left. */
  expectConverges(): Promise<void>;
};

export async function openWorkerLane(): Promise<WorkerLane> {
  const server = await startPostgres({ settings: { max_connections: "200", autovacuum: "off" } });
  const [store, database] = await Promise.all([createStore(), createDatabase({ server })]);
  await database.query(modelSchemas);
  const ask = async <Row extends object>(sql: string): Promise<Row[]> => (await database.query<Row>(sql)).rows;
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
  const proxies: FaultProxy[] = [];
  let tables = 0;

  const connectThrough = async ({ port }: FaultProxy): Promise<string> => {
    const { host, user, password } = database;
    const place = { host, port, user, database: database.database, tlsMode: "disable" as const };
    const made = await insertConnection(store, { name: `port ${port}`, settings: place, secrets: { password } });
    if ("refused" in made) throw new Error(made.refused);
    return made.id;
  };
  const take: WorkerLane["take"] = async ({ id }, run) => {
    const another = {
      store,
      gate: createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] }),
      workerId: randomUUID(),
      log: silent,
      stopping: new AbortController().signal,
    };
    await takeRun({ runId: run.id, flowId: id }, another);
    // Its job was not taken from the queue, and would keep the flow's next one out of it for seconds.
    await store.db.query("delete from pgboss.job where singleton_key = $1", [id]);
  };

  const flow: WorkerLane["flow"] = async (of) => {
    const id = randomUUID();
    const model = await makeModelTables(ask, `t${(tables += 1)}`, of);
    const source = await startFaultProxy(server);
    const destination = await startFaultProxy(server);
    proxies.push(source, destination);
    await insertFlow(store.db, {
      id,
      name: model.name,
      practice: false,
      definition: {
        source: { connectionId: await connectThrough(source), table: model.from },
        destination: { kind: "postgres", connectionId: await connectThrough(destination), table: model.to },
        writeMode: of.mode,
        readMode: of.read,
        badRows: "stop",
        syncKey: [...model.syncKey],
        fields: model.columns.map((field) => ({ source: field, destination: field })),
        schedule: { kind: "manual" },
      },
    });
    const start = (): Promise<Run> =>
      inTransaction(store.db, async (client) => {
        const run = await enqueueRun({ db: client, queue: store.queue }, id, "manual");
        if (run === "active") throw new Error("A run is active.");
        return run;
      });
    const found = async (run: Pick<Run, "id">): Promise<Run | undefined> => findRun(store.db, run.id);
    const made: LaneFlow = {
      id,
      modes: of,
      source,
      destination,
      start,
      expectHolds: async (content, run, expected, workers = []) => {
        const ended = await found(run);
        const broken = await brokenInvariants({
          tables: model,
          content,
          told: { found: ended, expected },
          words: [JSON.stringify(ended), ...workers.map((worker) => worker.output())],
          secrets: [database.password, store.database.password],
          notes: [{ database: store.database }, { database, schema: "headgate" }],
        });
        expect(broken).toEqual([]);
      },
      expectConverges: async () => {
        const run = await start();
        // A worker that is up may have been faster.
        await take(made, run);
        await untilRun(store, run.id, "succeeded", "failed");
        const broken = await brokenInvariants({
          tables: model,
          content: "after",
          told: { found: await found(run), expected: { status: "succeeded" } },
          quiet: [database],
        });
        expect(broken).toEqual([]);
      },
    };
    const first = await start();
    await take(made, first);
    await untilRun(store, first.id, "succeeded");
    await model.change();
    return made;
  };

  return {
    store,
    settings,
    database,
    startWorker: () => startWorkerProcess({ store, settings }),
    flow,
    take,
    endLeases: async (runs) => {
      await store.db.query(
        "update runs set lease_expires_at = now() - interval '1 second' where id = any($1) and status = 'running'",
        [runs.map((run) => run.id)],
      );
    },
    close: async () => {
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await store.close();
      await server.stop();
    },
  };
}

export type Halt = {
  /** Settles when the line stands still there, or the run has ended without coming to it. */
  reached(): Promise<boolean>;
  /** Lets what was held go on its way. */
  letGo(): void;
};

/** Holds the line of a run at the message a test names, so that its worker stands at exactly that point. */
export function haltAt(
  lane: WorkerLane,
  proxy: FaultProxy,
  at: (message: PassingMessage) => boolean,
  nth = 1,
): { readonly of: (run: Pick<Run, "id">) => Halt } {
  const going = Promise.withResolvers<void>();
  const fault = proxy.arm({ at, nth, action: () => going.promise });
  onTestFinished(() => going.resolve());
  return {
    of: (run) => ({
      reached: () =>
        vi.waitFor(
          async () => {
            if (fault.struck()) return true;
            const { status } = (await findRun(lane.store.db, run.id)) ?? {};
            if (status === "queued" || status === "running") throw new Error(`The run is ${status}.`);
            return false;
          },
          { timeout: 60_000, interval: 20 },
        ),
      letGo: () => {
        fault.disarm();
        going.resolve();
      },
    }),
  };
}

/** The modes, so many at once as one worker takes. */
export const batches = [modes.slice(0, flowsAtOnce), modes.slice(flowsAtOnce)].map((those) => ({
  those,
  names: those.map(({ mode }) => mode).join(", "),
}));

/** Runs of these modes, which one worker has all come to the same point: with rows in its hands where nothing is said. */
export async function heldRuns(
  lane: WorkerLane,
  those: readonly Modes[],
  at: (message: PassingMessage) => boolean = isRows,
  nth = 1,
): Promise<HeldRuns> {
  const flows = await Promise.all(those.map((of) => lane.flow(of)));
  const halted = flows.map((flow) => ({ flow, halt: haltAt(lane, flow.destination, at, nth) }));
  const worker = await lane.startWorker();
  const runs = await Promise.all(
    halted.map(async ({ flow, halt }) => {
      const { id } = await flow.start();
      return { id, flow, halt: halt.of({ id }) };
    }),
  );
  for (const { halt } of runs) expect(await halt.reached()).toBe(true);
  return { worker, runs };
}

export type HeldRuns = {
  readonly worker: WorkerProcess;
  readonly runs: readonly { readonly id: string; readonly flow: LaneFlow; readonly halt: Halt }[];
};

/** The points at which a worker may die: each answer of the destination, and before and after it says COMMIT. */
export function isStep({ from, letter, text }: PassingMessage): boolean {
  return from === "server" ? letter === "C" : letter === "X" || (letter === "Q" && text.startsWith("commit"));
}

/** The rows on their way into the destination. */
export function isRows({ from, letter }: PassingMessage): boolean {
  return from === "client" && letter === "d";
}
