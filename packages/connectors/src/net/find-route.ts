import { isIPv6 } from "node:net";
import type { OwnAddress } from "./own-address.ts";
import { codeOf, moreTelling } from "./telling-error.ts";

/** A server that only has IPv6 addresses, seen from a machine without a way into that network. */
export class Ipv6Only extends Error {
  override readonly name = "Ipv6Only";
}

const noWay = new Set(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"]);

/** Our own address on the way to the first of these that can be reached. Throws `Ipv6Only` or the system's error. */
export async function findRoute(addresses: readonly string[], port: number, own: OwnAddress): Promise<string> {
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await own(address, port);
    } catch (error) {
      failure = moreTelling(failure, error);
    }
  }
  throw asIpv6Only(failure, addresses);
}

/** Says of a missing way what it is about where that shows in the addresses; other errors stay what they are. */
export function asIpv6Only(error: unknown, addresses: readonly string[]): unknown {
  return noWay.has(codeOf(error)) && addresses.every((one) => isIPv6(one)) ? new Ipv6Only(codeOf(error)) : error;
}
