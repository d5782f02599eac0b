import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { startCluster } from "@headgate/store/embedded";
import { withClient } from "./database.ts";
import type { ServerAddress, TestServer } from "./server.ts";
import { makeTestFolder } from "./test-folder.ts";

const run = promisify(execFile);

export type Standby = ServerAddress & {
  /** Waits until it has what its primary has now, if it still follows it. */
  catchUp(): Promise<void>;
  /** Makes it a primary of its own. */
  promote(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts a server that follows another one as a replica, about 2 s: its folder is a copy taken while that one stood still. */
export async function startStandby(
  primary: TestServer,
  settings: Readonly<Record<string, string>> = {},
): Promise<Standby> {
  const folder = await makeTestFolder();
  const dataDir = path.join(folder.path, "data");
  const { host, port, user, password } = primary;
  // The copy is taken in one session, which has to stay for as long.
  await withClient(primary, "postgres", async (client) => {
    await client.query("select pg_backup_start('a standby for a test', true)");
    await run("cp", ["-a", primary.dataDir, dataDir]);
    const { rows } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop(false)");
    // Written into a file that has the server's owner already.
    await run("cp", ["-a", path.join(primary.dataDir, "PG_VERSION"), path.join(dataDir, "backup_label")]);
    await writeFile(path.join(dataDir, "backup_label"), rows[0]?.labelfile ?? "");
  });
  await rm(path.join(dataDir, "postmaster.pid"), { force: true });
  const cluster = await startCluster({
    dataDir,
    password,
    settings: {
      fsync: "off",
      shared_buffers: "64MB",
      primary_conninfo: `host=${host} port=${port} user=${user} password=${password}`,
      ...settings,
    },
    files: { "standby.signal": "" },
  });
  const ask = <Row extends object>(server: ServerAddress, sql: string): Promise<Row[]> =>
    withClient(server, "postgres", async (client) => (await client.query<Row>(sql)).rows);
  const self = { host: cluster.host, port: cluster.port, user, password };
  return {
    ...self,
    catchUp: async () => {
      // Commits of a test server are written late; this one is not, and those before it with it.
      await ask(
        primary,
        "begin; set local synchronous_commit = on; select pg_logical_emit_message(true, '', ''); commit",
      );
      const [now] = await ask<{ at: string }>(primary, "select pg_current_wal_lsn()::text as at");
      const reached = `select not pg_is_in_recovery() or pg_last_wal_replay_lsn() >= '${now?.at}' as there`;
      while (!(await ask<{ there: boolean }>(self, reached))[0]?.there);
    },
    promote: async () => {
      await ask(self, "select pg_promote(true, 60)");
      // Until then the control file still tells of the timeline before.
      await ask(self, "checkpoint");
    },
    stop: async () => {
      await cluster.stop("immediately");
      await folder.remove();
    },
  };
}
