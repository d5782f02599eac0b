import type { Duplex } from "node:stream";
import type { CheckStage } from "@headgate/contract";
import type { TunnelTarget } from "@headgate/core";
import type { EgressGate, GateTarget } from "./egress-gate.ts";
import { joinTunnel } from "./ssh/shared-tunnels.ts";

export type DialOptions = { readonly timeoutMs: number; readonly signal: AbortSignal };

/** How lines to one server are opened, straight or through an SSH tunnel. Whoever finds it releases it. */
export type Way = {
  /** The host as typed: certificates are checked against it, whatever lies in between (V13). */
  readonly host: string;
  /** The stage that the first line settles: reaching the port, or the far end of the tunnel. */
  readonly stage: "port" | "tunnel";
  dial(options: DialOptions): Promise<{ readonly stream: Duplex; readonly address: string }>;
  release(): void;
};

export type WayOptions = DialOptions & {
  readonly enter: (stage: CheckStage) => void;
  readonly pass: (note?: string) => void;
};

/** Resolves the host and leaves the caller at the stage at which a line can be dialled. */
export function findWay(
  gate: EgressGate,
  target: GateTarget & { readonly tunnel?: TunnelTarget },
  options: WayOptions,
): Promise<Way> {
  return target.tunnel ? throughTunnel(gate, target, target.tunnel, options) : straight(gate, target, options);
}

async function straight(gate: EgressGate, target: GateTarget, { enter, pass, signal }: WayOptions): Promise<Way> {
  enter("name");
  const checked = await gate.resolve({ host: target.host, port: target.port }, signal);
  pass(checked.addresses[0]);
  enter("port");
  return {
    host: target.host,
    stage: "port",
    dial: async (options) => {
      const stream = await gate.connect(checked, options);
      return { stream, address: stream.remoteAddress ?? "" };
    },
    release: () => {},
  };
}

async function throughTunnel(
  gate: EgressGate,
  { host, port }: GateTarget,
  tunnel: TunnelTarget,
  { enter, pass, timeoutMs, signal }: WayOptions,
): Promise<Way> {
  enter("name");
  let passed = 0;
  const next = (stage: CheckStage, note?: string): void => {
    passed += 1;
    pass(note);
    enter(stage);
  };
  const use = await joinTunnel(gate, tunnel, {
    timeoutMs,
    signal,
    onResolved: (address) => next("port", address),
    onReached: () => next("tunnel"),
  });
  // A client that other sessions opened has passed these long ago.
  if (passed < 1) next("port");
  if (passed < 2) next("tunnel");
  return {
    host,
    stage: "tunnel",
    dial: async (options) => ({ stream: await use.open({ host, port }, options), address: addressBehind(host) }),
    release: () => use.release(),
  };
}

/** Which address a name has behind the tunnel is not ours to know; of `localhost` it is certain. */
function addressBehind(host: string): string {
  return host.toLowerCase() === "localhost" ? "127.0.0.1" : host;
}
