import type { HostKey } from "@headgate/contract";
import type { EgressGate, GateTarget } from "../egress-gate.ts";
import { connectSsh } from "./connect-ssh.ts";
import { SshRefusal } from "./ssh-refusal.ts";

/** Asks an SSH server for its key and hangs up before anything that could be a credential is sent (R54). */
export async function askHostKey(
  gate: EgressGate,
  target: GateTarget,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<HostKey> {
  const socket = await gate.connect(await gate.resolve(target, options.signal), options);
  const seen: { key?: HostKey } = {};
  const judgeHostKey = (key: HostKey): SshRefusal => {
    seen.key = key;
    return new SshRefusal("ssh_host_key_unknown", "Only the key was asked for.");
  };
  try {
    const client = await connectSsh(socket, { user: "headgate", auth: [], judgeHostKey, ...options });
    client.destroy();
  } catch (error) {
    if (!seen.key) throw error;
  }
  if (!seen.key) throw new SshRefusal("ssh_failed", "The server showed no key.");
  return seen.key;
}
