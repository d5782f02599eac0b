import { isIP, type Socket } from "node:net";
import type { DenialReason } from "./address-rules.ts";
import { addressDenial, nameDenial, type EgressProtocol, type EgressRules } from "./egress-policy.ts";
import { EgressRefusal } from "./egress-refusal.ts";
import { asIpv6Only, findRoute } from "./find-route.ts";
import { canonicalAddress } from "./ip-address.ts";
import { openSocket } from "./open-socket.ts";
import { ownAddressTowards, type OwnAddress } from "./own-address.ts";
import { lookupAll, NameFault, plainHost, resolveHost, type Lookup } from "./resolve-host.ts";
import { moreTelling } from "./telling-error.ts";

export type GateTarget = {
  readonly host: string;
  readonly port: number;
  /** What will be spoken there (`database`, SSH included). */
  readonly protocol?: EgressProtocol;
};

/** A host whose every address was found harmless; `connect` goes there and nowhere else. */
export type CheckedTarget = GateTarget & { readonly addresses: readonly string[] };

/** The only thing in Headgate that opens outbound sockets (R40-R48). */
export type EgressGate = {
  /** Why a host may not be reached, as far as that shows without asking a resolver; most names can only be resolved. */
  judge(target: GateTarget): Promise<DenialReason | undefined>;
  /** Resolves a host and refuses it when any of its addresses is denied. Throws `EgressRefusal` or `NameFault`. */
  resolve(target: GateTarget, signal: AbortSignal): Promise<CheckedTarget>;
  /** Our own address on the way there, without sending a packet. Throws `Ipv6Only` or the system's error. */
  route(target: CheckedTarget): Promise<string>;
  /** Connects to the first checked address that answers; all of them share `timeoutMs`. */
  connect(target: CheckedTarget, options: { timeoutMs: number; signal: AbortSignal }): Promise<Socket>;
};

/** Builds the gate from the installation's rules; tests play hostile resolvers and machines without IPv6. */
export function createEgressGate(
  rules: EgressRules,
  lookup: Lookup = lookupAll,
  ownAddress: OwnAddress = ownAddressTowards,
): EgressGate {
  const denial = ({ port, protocol = "database" }: GateTarget, host: string, address: string) =>
    addressDenial(rules, { host, address, port, protocol });
  return {
    judge: async (target) => {
      const host = plainHost(target.host);
      if (!host) return undefined;
      const address = isIP(host) ? host : host === "localhost" ? "127.0.0.1" : undefined;
      return nameDenial(host) ?? (address === undefined ? undefined : denial(target, host, address));
    },
    resolve: async (target, signal) => {
      const host = plainHost(target.host);
      if (!host) throw new NameFault("ENOTFOUND");
      const named = nameDenial(host);
      if (named) throw new EgressRefusal(target.host, named);
      const addresses = await resolveHost(host, lookup, signal);
      for (const address of addresses) {
        const reason = await denial(target, host, address);
        if (reason) throw new EgressRefusal(target.host, reason);
      }
      return { ...target, addresses };
    },
    route: ({ addresses, port }) => findRoute(addresses, port, ownAddress),
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
  throw asIpv6Only(failure, addresses);
}
