import type { CheckStage, HostKey } from "@headgate/contract";
import type { EgressGate, GateTarget } from "../egress-gate.ts";
import { connectSsh } from "./connect-ssh.ts";
import { SshRefusal } from "./ssh-refusal.ts";

export type HostKeyOptions = {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onStage?: (stage: CheckStage) => void;
};

/** Asks an SSH server for its key and hangs up before anything that could be a credential is sent (R54). */
export async function askHostKey(gate: EgressGate, target: GateTarget, options: HostKeyOptions): Promise<HostKey> {
  const { onStage, ...limits } = options;
  onStage?.("name");
  const checked = await gate.resolve({ host: target.host, port: target.port }, options.signal);
  onStage?.("port");
  const socket = await gate.connect(checked, limits);
  onStage?.("tunnel");
  const seen: { key?: HostKey } = {};
  const judgeHostKey = (key: HostKey): SshRefusal => {
    seen.key = key;
    return new SshRefusal("ssh_host_key_unknown", "Only the key was asked for.");
  };
  try {
    const client = await connectSsh(socket, { user: "headgate", auth: [], judgeHostKey, ...limits });
    client.destroy();
  } catch (error) {
    if (!seen.key) throw error;
  }
  if (!seen.key) throw new SshRefusal("ssh_failed", "The server showed no key.");
  return seen.key;
}
