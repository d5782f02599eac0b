import { execFile } from "node:child_process";
import os from "node:os";
import { promisify } from "node:util";
import { freePort, type Account } from "@headgate/store/embedded";
import ssh2 from "ssh2";
import { findProgram } from "./find-program.ts";
import { makeProgramFolder } from "./machine-program.ts";
import { fingerprintOf, startSshServer } from "./ssh-server.ts";

export type SshDaemon = {
  /** `sshd`: the OpenSSH server of this machine; `ssh2`: there is none, and a stand-in obeys the same line. */
  readonly kind: "sshd" | "ssh2";
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly fingerprint: string;
  close(): Promise<void>;
};

const run = promisify(execFile);

/** Starts the machine's own sshd with one line in `authorized_keys`; where it has none, an ssh2 server that obeys it. */
export async function startSshDaemon(authorizedKeysLine: string): Promise<SshDaemon> {
  const program = await findProgram("sshd");
  return program ? startSshd(program, authorizedKeysLine) : standIn(authorizedKeysLine);
}

/** As an ordinary account, which needs no set-up of the machine and can let in only itself. */
async function startSshd(program: string, authorizedKeysLine: string): Promise<SshDaemon> {
  const { account, file, write, start } = await makeProgramFolder();
  const hostKey = ssh2.utils.generateKeyPairSync("ed25519").private;
  const port = await freePort();
  const config = [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${file("host_key")}`,
    `AuthorizedKeysFile ${file("authorized_keys")}`,
    "PidFile none",
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
  ];
  await write("host_key", hostKey);
  await write("authorized_keys", `${authorizedKeysLine}\n`);
  await write("sshd_config", `${config.join("\n")}\n`);
  const args = ["-D", "-e", "-f", file("sshd_config")];
  const { close } = await start({ program, args, ready: "Server listening on", signal: "SIGTERM" });
  const user = await nameOf(account);
  return { kind: "sshd", host: "127.0.0.1", port, user, fingerprint: fingerprintOf(hostKey), close };
}

async function nameOf(account: Account | undefined): Promise<string> {
  return account ? (await run("id", ["-un", String(account.uid)])).stdout.trim() : os.userInfo().username;
}

async function standIn(line: string): Promise<SshDaemon> {
  const at = line.indexOf("ssh-");
  const permitted = [...line.slice(0, at).matchAll(/permitopen="([^"]+)"/g)].map((match) => match[1]);
  const server = await startSshServer({
    authorizedKeys: [line.slice(at)],
    mayForward: (target) => permitted.length === 0 || permitted.includes(`${target.host}:${target.port}`),
  });
  const { host, port, fingerprint } = server;
  return { kind: "ssh2", host, port, fingerprint, user: "tunnel", close: () => server.close() };
}
