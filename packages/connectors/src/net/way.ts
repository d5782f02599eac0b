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
  /** Our own address on the way to whoever is dialled. */
  readonly onRouted?: (ownAddress: string) => void;
};

/** Resolves the host and leaves the caller at the stage at which a line can be dialled. */
export function findWay(
  gate: EgressGate,
  target: GateTarget & { readonly tunnel?: TunnelTarget },
  options: WayOptions,
): Promise<Way> {
  return target.tunnel ? throughTunnel(gate, target, target.tunnel, options) : straight(gate, target, options);
}

async function straight(gate: EgressGate, target: GateTarget, options: WayOptions): Promise<Way> {
  const { enter, pass, signal } = options;
  enter("name");
  const checked = await gate.resolve({ host: target.host, port: target.port }, signal);
  pass(checked.addresses[0]);
  enter("route");
  const own = await gate.route(checked);
  options.onRouted?.(own);
  pass(own);
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
  { enter, pass, timeoutMs, signal, onRouted }: WayOptions,
): Promise<Way> {
  const stages: CheckStage[] = ["route", "port", "tunnel"];
  const next = (note?: string): void => {
    const stage = stages.shift();
    if (!stage) return;
    pass(note);
    enter(stage);
  };
  enter("name");
  const use = await joinTunnel(gate, tunnel, {
    timeoutMs,
    signal,
    onResolved: next,
    onRouted: (own) => {
      onRouted?.(own);
      next(own);
    },
    onReached: () => next(),
  });
  // A client that other sessions opened has passed these long ago.
  while (stages.length > 0) next();
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
