import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import type { TunnelTarget } from "@headgate/core";
import type { Client } from "ssh2";
import type { EgressGate, GateTarget } from "../egress-gate.ts";
import { orStopped } from "../or-stopped.ts";
import { connectSsh } from "./connect-ssh.ts";
import { forward, type ForwardOptions } from "./forward.ts";
import { pinnedTo, tunnelAuth } from "./tunnel-auth.ts";

/** One user of a tunnel. While there is any, its SSH client stays; with the last one it goes (R55). */
export type TunnelUse = {
  open(target: GateTarget, options: ForwardOptions): Promise<Duplex>;
  release(): void;
};

export type TunnelOptions = ForwardOptions & {
  /** The address of the SSH server was found. */
  readonly onResolved?: (address: string | undefined) => void;
  /** There is a way to it; the address is our own. */
  readonly onRouted?: (ownAddress: string) => void;
  /** Its port answered. */
  readonly onReached?: () => void;
};

type Shared = { readonly client: Promise<Client>; readonly stop: AbortController; users: number };

const sharedByGate = new WeakMap<EgressGate, Map<string, Shared>>();

/**
 * Signs in at the SSH server, or joins the client that other sessions through the same tunnel use. Throws `SshRefusal`,
 * `EgressRefusal`, `NameFault` and socket errors.
 */
export async function joinTunnel(gate: EgressGate, tunnel: TunnelTarget, options: TunnelOptions): Promise<TunnelUse> {
  const tunnels = sharedByGate.get(gate) ?? new Map<string, Shared>();
  sharedByGate.set(gate, tunnels);
  const name = nameOf(tunnel);
  const known = tunnels.get(name);
  const shared = known ?? begin(gate, tunnel, options);
  shared.users += 1;
  let released = false;
  const release = (): void => {
    if (released) return;
    released = true;
    shared.users -= 1;
    if (shared.users > 0) return;
    if (tunnels.get(name) === shared) tunnels.delete(name);
    shared.stop.abort();
    void shared.client.then(
      (client) => client.end(),
      () => {},
    );
  };
  if (!known) {
    tunnels.set(name, shared);
    const forget = (): void => {
      if (tunnels.get(name) === shared) tunnels.delete(name);
    };
    shared.client.then((client) => client.once("close", forget), forget);
  }
  try {
    // The client belongs to several; whoever stops waiting does not take it from the others.
    const client = await orStopped(shared.client, options.signal);
    return { open: (target, how) => forward(client, target, how), release };
  } catch (error) {
    release();
    throw error;
  }
}

function begin(gate: EgressGate, tunnel: TunnelTarget, options: TunnelOptions): Shared {
  const stop = new AbortController();
  return { client: signIn(gate, tunnel, { ...options, signal: stop.signal }), stop, users: 0 };
}

async function signIn(gate: EgressGate, tunnel: TunnelTarget, options: TunnelOptions): Promise<Client> {
  const { timeoutMs, signal } = options;
  const checked = await gate.resolve({ host: tunnel.host, port: tunnel.port }, signal);
  options.onResolved?.(checked.addresses[0]);
  options.onRouted?.(await gate.route(checked));
  const socket = await gate.connect(checked, { timeoutMs, signal });
  options.onReached?.();
  try {
    return await connectSsh(socket, {
      user: tunnel.user,
      auth: tunnelAuth(tunnel),
      judgeHostKey: pinnedTo(tunnel.hostKeyFingerprint),
      timeoutMs,
      signal,
    });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Sessions share a client only when everything about their tunnel is the same. */
function nameOf(tunnel: TunnelTarget): string {
  return createHash("sha256").update(JSON.stringify(tunnel)).digest("hex");
}
