import { freePort } from "@headgate/store/embedded";
import { findProgram } from "./find-program.ts";
import { makeProgramFolder } from "./machine-program.ts";
import type { Pooler } from "./pooler.ts";
import type { ServerAddress } from "./server.ts";

type Login = { readonly user: string; readonly password: string };

/** Whether this machine has PgBouncer, the yardstick for what a pooler in transaction mode does. */
export async function hasPgBouncer(): Promise<boolean> {
  return (await findProgram("pgbouncer")) !== undefined;
}

/** The machine's own PgBouncer in transaction mode in front of a server; it knows `logins` and nobody else. */
export async function startPgBouncer(server: ServerAddress, logins: readonly Login[]): Promise<Pooler> {
  const program = await findProgram("pgbouncer");
  if (!program) throw new Error("This machine has no PgBouncer.");
  const { file, write, start } = await makeProgramFolder();
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
  await write("users.txt", logins.map(({ user, password }) => `"${user}" "${password}"\n`).join(""));
  await write("pgbouncer.ini", `${settings.join("\n")}\n`);
  const { close } = await start({ program, args: [file("pgbouncer.ini")], ready: "process up", signal: "SIGKILL" });
  return { host: "127.0.0.1", port, close };
}
