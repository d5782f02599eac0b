import type { Socket } from "node:net";
import { addressDenial, nameDenial, type EgressRules } from "./egress-policy.ts";
import { EgressRefusal } from "./egress-refusal.ts";
import { canonicalAddress } from "./ip-address.ts";
import { openSocket } from "./open-socket.ts";
import { lookupAll, NameFault, plainHost, resolveHost, type Lookup } from "./resolve-host.ts";

export type GateTarget = {
  readonly host: string;
  readonly port: number;
  /** HTTP will be spoken: then private networks need to be allowed by name (R44). */
  readonly http?: boolean;
};

/** A host whose every address was found harmless; `connect` goes there and nowhere else. */
export type CheckedTarget = GateTarget & { readonly addresses: readonly string[] };

/** The only thing in Headgate that opens outbound sockets (R40-R48). */
export type EgressGate = {
  /** Resolves a host and refuses it when any of its addresses is denied. Throws `EgressRefusal` or `NameFault`. */
  resolve(target: GateTarget, signal: AbortSignal): Promise<CheckedTarget>;
  /** Connects to the first checked address that answers; all of them share `timeoutMs`. */
  connect(target: CheckedTarget, options: { timeoutMs: number; signal: AbortSignal }): Promise<Socket>;
};

/** Builds the gate from the installation's rules; `lookup` exists so that tests can play a hostile resolver. */
export function createEgressGate(rules: EgressRules, lookup: Lookup = lookupAll): EgressGate {
  const check = async (target: GateTarget, host: string, address: string): Promise<void> => {
    const reason = await addressDenial(rules, { ...target, host, address });
    if (reason) throw new EgressRefusal(target.host, reason);
  };
  return {
    resolve: async (target, signal) => {
      const host = plainHost(target.host);
      if (!host) throw new NameFault("ENOTFOUND");
      const denial = nameDenial(host);
      if (denial) throw new EgressRefusal(target.host, denial);
      const addresses = await resolveHost(host, lookup, signal);
      for (const address of addresses) await check(target, host, address);
      return { ...target, addresses };
    },
    connect: async (target, options) => {
      const socket = await connectToAny(target, options);
      const peer = socket.remoteAddress;
      if (peer === undefined || !target.addresses.some((one) => canonicalAddress(one) === canonicalAddress(peer))) {
        socket.destroy();
        throw new EgressRefusal(target.host, "reserved");
      }
      return socket;
    },
  };
}

async function connectToAny(
  { addresses, port }: CheckedTarget,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Socket> {
  const deadline = performance.now() + timeoutMs;
  let failure: unknown;
  for (const [index, address] of addresses.entries()) {
    const share = Math.max(1, (deadline - performance.now()) / (addresses.length - index));
    try {
      return await openSocket(address, port, share, signal);
    } catch (error) {
      signal.throwIfAborted();
      failure = moreTelling(failure, error);
    }
  }
  throw failure;
}

/** Of several failures the one of an address that could be reached says most: a closed port beats a missing route. */
function moreTelling(one: unknown, other: unknown): unknown {
  return one === undefined || rank(other) > rank(one) ? other : one;
}

function rank(error: unknown): number {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ECONNREFUSED" ? 2 : code === "ETIMEDOUT" ? 1 : 0;
}
