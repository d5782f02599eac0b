import { networkInterfaces } from "node:os";
import { isIP } from "node:net";
import { denialReason, isPrivate, type DenialReason } from "./address-rules.ts";
import { addressBytes, canonicalAddress, isInNetwork, parseNetwork, type Network } from "./ip-address.ts";
import { lookupAll, plainHost, resolveHost } from "./resolve-host.ts";

export type EgressRules = {
  /** Host names and networks for which loopback, and HTTP to private networks, is allowed: `HEADGATE_EGRESS_ALLOW`. */
  readonly allow: readonly string[];
  /** True while Headgate itself can only be reached from this machine. */
  readonly loopbackAllowed: boolean;
  /** Exactly these loopback services are allowed wherever Headgate listens: the server with the sample data. */
  readonly permit?: readonly { readonly host: string; readonly port: number }[];
  /** Our own store and listeners, refused whatever else is allowed. */
  readonly refuse: readonly { readonly host: string; readonly port: number }[];
};

/** Private networks are where databases live; over HTTP they hold what was never meant for others (R44). */
export type EgressProtocol = "database" | "http";

/** Names under which clouds publish credentials; refused even where they do not resolve. */
const metadataNames = new Set(["metadata.google.internal", "metadata", "instance-data", "instance-data.ec2.internal"]);

/** Why this host may not be asked for at all, before any look-up. */
export function nameDenial(host: string): DenialReason | undefined {
  return metadataNames.has(host) ? "metadata" : undefined;
}

/** Why this host may not be asked for through an SSH server, whose own network is its own affair (R46). */
export function tunnelDenial(host: string): DenialReason | undefined {
  const plain = plainHost(host) ?? host;
  const reason = nameDenial(plain) ?? (isIP(plain) ? denialReason(plain) : undefined);
  return reason === "metadata" ? reason : undefined;
}

export type AddressQuestion = {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly protocol: EgressProtocol;
};

/** Why this address and port may not be reached under these rules; undefined when they may. */
export async function addressDenial(
  rules: EgressRules,
  { host, address, port, protocol }: AddressQuestion,
): Promise<DenialReason | undefined> {
  if (await isOwnService(rules, address, port)) return "own_service";
  const reason = denialReason(address) ?? (protocol === "http" && isPrivate(address) ? "private" : undefined);
  if (reason !== "loopback" && reason !== "private") return reason;
  const permitted = rules.permit?.some(
    (one) => one.port === port && canonicalAddress(one.host) === canonicalAddress(address),
  );
  const open = reason === "loopback" && rules.loopbackAllowed;
  return open || permitted || isAllowed(rules.allow, host, address) ? undefined : reason;
}

function isAllowed(allow: readonly string[], host: string, address: string): boolean {
  const bytes = addressBytes(canonicalAddress(address));
  return allow.some((entry) => {
    const network = parseNetwork(entry.trim());
    return network ? bytes !== undefined && isInNetwork(bytes, network) : plainHost(entry.trim()) === host;
  });
}

/** A service of ours on this machine is refused on every address of this machine, not only on the one it names. */
async function isOwnService(rules: EgressRules, address: string, port: number): Promise<boolean> {
  const target = canonicalAddress(address);
  for (const own of rules.refuse.filter((service) => service.port === port)) {
    const addresses = await ownAddresses(own.host);
    if (addresses.some((one) => canonicalAddress(one) === target)) return true;
    if (addresses.some(isLocal) && isLocal(target)) return true;
  }
  return false;
}

async function ownAddresses(host: string): Promise<readonly string[]> {
  const plain = plainHost(host);
  return plain ? resolveHost(plain, lookupAll, AbortSignal.timeout(5_000)).catch(() => []) : [];
}

const wildcard: readonly Network[] = ["0.0.0.0/8", "127.0.0.0/8", "::", "::1"].flatMap(
  (text) => parseNetwork(text) ?? [],
);

function isLocal(address: string): boolean {
  const bytes = addressBytes(canonicalAddress(address));
  if (!bytes) return false;
  if (wildcard.some((network) => isInNetwork(bytes, network))) return true;
  const interfaces = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return interfaces.some((own) => canonicalAddress(own.address) === canonicalAddress(address));
}
