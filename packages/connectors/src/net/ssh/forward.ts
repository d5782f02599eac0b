import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import type { GateTarget } from "../egress-gate.ts";
import { tunnelDenial } from "../egress-policy.ts";
import { EgressRefusal } from "../egress-refusal.ts";
import { plainHost } from "../resolve-host.ts";
import { SshRefusal } from "./ssh-refusal.ts";

export type ForwardOptions = { readonly timeoutMs: number; readonly signal: AbortSignal };

/**
 * Opens a way from the SSH server to `target` as a stream; no local port is opened (R55). Which addresses can be reached
 * there is for the SSH server to say, except that metadata services stay closed (R46).
 */
export function forward(client: Client, target: GateTarget, { timeoutMs, signal }: ForwardOptions): Promise<Duplex> {
  const host = plainHost(target.host) ?? target.host;
  const denial = tunnelDenial(target.host);
  if (denial) throw new EgressRefusal(target.host, denial);
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      finish();
    };
    const refuse = (message: string, reason: string): void => {
      const facts = { reason, host: target.host, port: String(target.port) };
      settle(() => reject(new SshRefusal("ssh_forward_refused", message, facts)));
    };
    const onAbort = (): void => settle(() => reject(new Error("stopped")));
    const timer = setTimeout(() => refuse("No answer from there.", "silent"), timeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) return onAbort();
    client.forwardOut("127.0.0.1", 0, host, target.port, (error, channel) => {
      if (error) return refuse(error.message, reasonOf(error));
      // Whoever asked has gone.
      if (signal.aborted) return void channel.destroy();
      return settle(() => resolve(asSocket(channel)));
    });
    return undefined;
  });
}

/** The numbers of RFC 4254, 5.1. */
function reasonOf(error: Error): string {
  const reason = "reason" in error ? String(error.reason) : "";
  return { "1": "prohibited", "2": "unreachable" }[reason] ?? "refused";
}

/** pg expects these of a socket; on a channel there is nothing to do (V13). */
function asSocket(channel: Duplex): Duplex {
  const nothing = () => channel;
  // An error nobody waits for any more must not end the process.
  channel.on("error", () => {});
  return Object.assign(channel, { setNoDelay: nothing, setKeepAlive: nothing, ref: nothing, unref: nothing });
}
