import { chown, writeFile } from "node:fs/promises";
import path from "node:path";
import { freePort, serverAccount, spawnTethered, type Account } from "@headgate/store/embedded";
import { findProgram } from "./find-program.ts";
import type { Pooler } from "./pooler.ts";
import type { ServerAddress } from "./server.ts";
import { makeTestFolder } from "./test-folder.ts";

type Login = { readonly user: string; readonly password: string };

/** Whether this machine has PgBouncer, the yardstick for what a pooler in transaction mode does. */
export async function hasPgBouncer(): Promise<boolean> {
  return (await findProgram("pgbouncer")) !== undefined;
}

/** The machine's own PgBouncer in transaction mode in front of a server; it knows `logins` and nobody else. */
export async function startPgBouncer(server: ServerAddress, logins: readonly Login[]): Promise<Pooler> {
  const program = await findProgram("pgbouncer");
  if (!program) throw new Error("This machine has no PgBouncer.");
  const account = await serverAccount();
  const folder = await makeTestFolder();
  const file = (name: string): string => path.join(folder.path, name);
  const port = await freePort();
  const settings = [
    "[databases]",
    `* = host=${server.host} port=${server.port}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "pool_mode = transaction",
    "auth_type = scram-sha-256",
    `auth_file = ${file("users.txt")}`,
    "query_wait_timeout = 60",
    // One server session for all, so that whatever a client leaves behind meets the next one.
    "default_pool_size = 1",
  ];
  await writeOwned(
    file("users.txt"),
    logins.map(({ user, password }) => `"${user}" "${password}"\n`).join(""),
    account,
  );
  await writeOwned(file("pgbouncer.ini"), `${settings.join("\n")}\n`, account);
  const child = spawnTethered(program, [file("pgbouncer.ini")], { account, signal: "INT" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("process up")) resolve();
    });
    void ended.then(() => reject(new Error(`PgBouncer ended before it listened. It said:\n${said}`)));
  });
  return {
    host: "127.0.0.1",
    port,
    close: async () => {
      child.kill("SIGKILL");
      await ended;
      await folder.remove();
    },
  };
}

async function writeOwned(file: string, text: string, account: Account | undefined): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  if (account) await chown(file, account.uid, account.gid);
}
