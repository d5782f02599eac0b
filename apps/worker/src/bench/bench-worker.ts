import { randomBytes, randomUUID } from "node:crypto";
import { enqueueRun, findRun, inTransaction, insertConnection, insertFlow, migrate, openStore } from "@headgate/store";
import { startPostgres, type TestServer } from "@headgate/testkit";
import { setTimeout as pause } from "node:timers/promises";
import { createLog } from "../log.ts";
import { startWorker } from "../start.ts";
import { benchTable, columnNames, textTable, type BenchServers } from "./bench-table.ts";
import type { Measured } from "./contenders.ts";

export type BenchWorker = { run(): Promise<Measured>; close(): Promise<void> };

/** A store of its own and a worker in this process, with one flow between the two servers. */
export async function openBenchWorker(servers: BenchServers): Promise<BenchWorker> {
  const server = await startPostgres({});
  const databaseUrl = server.url();
  await migrate(databaseUrl);
  const store = await openStore({ databaseUrl, masterKey: randomBytes(32) });
  const connect = async ({ host, port, user, password }: TestServer): Promise<string> => {
    const settings = { host, port, user, database: "postgres", tlsMode: "disable" as const };
    const made = await insertConnection(store, { name: `port ${port}`, settings, secrets: { password } });
    if ("refused" in made) throw new Error(made.refused);
    return made.id;
  };
  const id = randomUUID();
  const definition = {
    source: { connectionId: await connect(servers.source), table: benchTable },
    destination: { kind: "postgres" as const, connectionId: await connect(servers.destination), table: textTable },
    writeMode: "append" as const,
    readMode: "full" as const,
    badRows: "stop" as const,
    syncKey: [],
    fields: columnNames.map((name) => ({ source: name, destination: name })),
    schedule: { kind: "manual" as const },
  };
  await insertFlow(store.db, { id, name: "bench", definition, practice: false });
  const settings = {
    host: "127.0.0.1",
    port: 1,
    dataDir: "unused",
    databaseUrl,
    egressAllow: [],
    trustProxy: [],
    rateLimits: "on" as const,
    logLevel: "fatal" as const,
  };
  const worker = await startWorker({ settings, store, version: "bench", log: createLog("fatal") });

  const run = async (): Promise<Measured> => {
    const before = process.cpuUsage();
    const started = performance.now();
    const asked = await inTransaction(store.db, (db) => enqueueRun({ db, queue: store.queue }, id, "manual"));
    if (asked === "active") throw new Error("A run is active.");
    for (;;) {
      const found = await findRun(store.db, asked.id);
      if (found?.status === "succeeded") break;
      if (found?.status === "failed") throw new Error(JSON.stringify(found.failure));
      await pause(10);
    }
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
  return {
    run,
    close: async () => {
      await worker.close(0);
      await store.close();
      await server.stop();
    },
  };
}
