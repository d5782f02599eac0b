import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { chown, writeFile } from "node:fs/promises";
import path from "node:path";
import { serverAccount, type Account } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { freePort } from "./free-port.ts";
import { initCluster, programEnv } from "./init-cluster.ts";
import { clearLeftover } from "./leftover.ts";
import { spawnTethered } from "./tether.ts";

export type ClusterOptions = {
  /** Made when it does not exist; its parent folder must exist and let the server's account enter. */
  readonly dataDir: string;
  /** Of the superuser `postgres`; counts only when the cluster is made. */
  readonly password: string;
  /** Who runs the server. Absent: whoever we are, or `postgres` in place of root. */
  readonly account?: Account | undefined;
  /** Taken when free, else another one is. Absent: any free one. */
  readonly port?: number | undefined;
  readonly settings?: Readonly<Record<string, string>>;
  /** Text files put into the data directory before the start, mode 0600: pg_hba.conf, certificates. */
  readonly files?: Readonly<Record<string, string>>;
  /** Every piece of what the server logs. */
  readonly onLog?: (text: string) => void;
};

export type Cluster = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly dataDir: string;
  /** Where its programs lie. */
  readonly programs: string;
  readonly pid: number;
  /** For the superuser. Absent database: `postgres`. */
  readonly url: (database?: string) => string;
  /** Settles when the server is gone, whoever stopped it. */
  readonly exited: Promise<void>;
  /** Ends every session and stops the server cleanly; at once when `immediately`, losing nothing that is committed. */
  readonly stop: (how?: "immediately") => Promise<void>;
};

const host = "127.0.0.1";
const startSeconds = 60;

/**
 * Starts a PostgreSQL 18 server of our own on 127.0.0.1, as root under the account `postgres`. It ends with this
 * process, also after kill -9. A server that still runs in `dataDir` is stopped first.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const account = options.account ?? (await serverAccount());
  const { folder: programs } = await findBinaries(account);
  const dataDir = path.resolve(options.dataDir);
  await clearLeftover(dataDir);
  await initCluster({ dataDir, programs, account, password: options.password });
  for (const [name, text] of Object.entries(options.files ?? {}))
    await writeOwned(path.join(dataDir, name), text, account);

  // Another program may take the port between our look and the server's start.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? options.port : 0);
    try {
      const child = await launch({ ...options, dataDir, port, programs, account });
      return describe(child, { dataDir, port, programs, password: options.password });
    } catch (error) {
      if (attempt === 5 || !(error instanceof Error) || !/could not (bind|create any TCP)/.test(error.message))
        throw error;
    }
  }
}

async function writeOwned(file: string, text: string, account: Account | undefined): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  if (account) await chown(file, account.uid, account.gid);
}

type Launch = ClusterOptions & {
  readonly port: number;
  readonly programs: string;
  readonly account: Account | undefined;
};

function launch({
  dataDir,
  port,
  programs,
  account,
  settings,
  onLog,
}: Launch): Promise<ChildProcessWithoutNullStreams> {
  const merged = {
    listen_addresses: host,
    port: String(port),
    // No socket file: its path has room for 107 bytes only, and nobody needs it.
    unix_socket_directories: "",
    timezone: "UTC",
    lc_messages: "C",
    ...settings,
  };
  const flags = Object.entries(merged).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawnTethered(path.join(programs, "bin", "postgres"), ["-D", dataDir, ...flags], {
    account,
    cwd: dataDir,
    env: programEnv,
    signal: "INT",
  });
  return new Promise((resolve, reject) => {
    let said = "";
    let settled = false;
    const tooLong = setTimeout(() => settle("it did not get ready in time"), startSeconds * 1000);
    const settle = (fault?: string): void => {
      if (settled) return;
      settled = true;
      clearTimeout(tooLong);
      if (fault === undefined) return resolve(child);
      child.kill("SIGQUIT");
      reject(new Error(`PostgreSQL could not be started in ${dataDir}: ${fault}.\n${said.trim()}`));
    };
    const hear = (chunk: Buffer): void => {
      const text = chunk.toString();
      onLog?.(text);
      if (settled) return;
      said += text;
      if (/database system is ready to accept (read-only )?connections/.test(said)) settle();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", (error) => settle(error.message));
    child.once("exit", (code, signal) => settle(`it ended with ${signal ?? `exit code ${code}`}`));
  });
}

type Facts = Pick<Cluster, "dataDir" | "port" | "programs" | "password">;

function describe(child: ChildProcessWithoutNullStreams, facts: Facts): Cluster {
  const exited = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });
  return {
    ...facts,
    host,
    user: "postgres",
    pid: child.pid ?? 0,
    exited,
    url: (database = "postgres") =>
      `postgres://postgres:${encodeURIComponent(facts.password)}@${host}:${facts.port}/${encodeURIComponent(database)}`,
    stop: async (how) => {
      // The watcher interrupts the server and ends while its parent, the server, can still notice.
      child.stdin.end();
      if (how === "immediately" || process.platform === "win32") child.kill("SIGQUIT");
      const impatient = setTimeout(() => child.kill("SIGQUIT"), 15_000);
      await exited;
      clearTimeout(impatient);
    },
  };
}
