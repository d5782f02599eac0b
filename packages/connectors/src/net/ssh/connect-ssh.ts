import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import type { HostKey } from "@headgate/contract";
import ssh2, { type AnyAuthMethod, type Client } from "ssh2";
import { ProtocolFault } from "../tls-refusal.ts";
import { sshAlgorithms } from "./ssh-algorithms.ts";
import { sshFault } from "./ssh-fault.ts";
import { SshRefusal } from "./ssh-refusal.ts";

export type SshOptions = {
  readonly user: string;
  /** Tried one after the other, and only once the key of the server was accepted. */
  readonly auth: readonly AnyAuthMethod[];
  /** Judges the server's key before anything of ours is sent; undefined accepts it. */
  readonly judgeHostKey: (key: HostKey) => SshRefusal | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** More than any server says before it lets somebody in, banners included. */
const greetingBudget = 256 * 1024;

/** Opens an SSH session on a socket of the egress gate; no agent, no files, no environment (R54). */
export function connectSsh(socket: Socket, options: SshOptions): Promise<Client> {
  const { user, auth, judgeHostKey, timeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    let ready = false;
    let refusal: Error | undefined;
    let heard = Buffer.alloc(0);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      socket.off("data", inspect);
    };
    const fail = (error: Error): void => {
      settle();
      // Errors that come after the first one must not end the process.
      client.on("error", () => {});
      client.destroy();
      socket.destroy();
      reject(refusal ?? sshFault(error, heard));
    };
    const onAbort = (): void => fail(new Error("stopped"));
    const timer = setTimeout(() => {
      fail(heard.length > 0 ? new Error("Timed out") : new ProtocolFault("port_silent", "The SSH server is silent."));
    }, timeoutMs);
    let received = 0;
    const inspect = (chunk: Buffer): void => {
      received += chunk.length;
      if (heard.length < 80) heard = Buffer.concat([heard, chunk]).subarray(0, 80);
      if (received > greetingBudget && !ready) fail(new SshRefusal("ssh_failed", "The server sent more than it may."));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) return onAbort();
    socket.on("data", inspect);
    client
      .on("error", (error) => (ready ? client.destroy() : fail(error)))
      .on("close", () => {
        if (!ready) fail(new ProtocolFault("line_cut", "The SSH server hung up."));
      })
      .on("ready", () => {
        ready = true;
        settle();
        resolve(client);
      });
    try {
      client.connect({
        sock: socket,
        username: user,
        algorithms: sshAlgorithms,
        // Ours is the timer above; it also runs while nobody has answered yet.
        readyTimeout: 0,
        keepaliveInterval: 10_000,
        keepaliveCountMax: 3,
        authHandler: [...auth],
        // Returning a boolean: with undefined ssh2 waits for ever (V14).
        hostVerifier: (blob: Buffer): boolean => {
          refusal = judgeHostKey(hostKeyOf(blob));
          return refusal === undefined;
        },
      });
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
    return undefined;
  });
}

/** As `ssh-keygen -l` prints it. */
function hostKeyOf(blob: Buffer): HostKey {
  const digest = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  const nameLength = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  return { fingerprint: `SHA256:${digest}`, algorithm: blob.toString("latin1", 4, 4 + Math.min(nameLength, 64)) };
}
