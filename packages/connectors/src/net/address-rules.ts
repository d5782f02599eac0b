import { embeddedAddresses } from "./embedded-addresses.ts";
import { addressBytes, isInNetwork, parseNetwork, type Network } from "./ip-address.ts";

/** Why an address may not be reached. Settings can lift `loopback` and `private`, nothing else (R42-R44). */
export type DenialReason =
  "metadata" | "link_local" | "unspecified" | "multicast" | "reserved" | "loopback" | "private" | "own_service";

/** First match wins, so the precise names stand before the wide ranges. */
const rules: readonly (readonly [DenialReason, readonly string[]])[] = [
  [
    "metadata",
    [
      "169.254.169.254",
      "169.254.170.2",
      "169.254.170.23",
      "100.100.100.200",
      "168.63.129.16",
      "192.0.0.192",
      "fd00:ec2::254",
      "fd00:ec2::23",
      "fd20:ce::254",
    ],
  ],
  ["loopback", ["127.0.0.0/8", "::1"]],
  ["unspecified", ["0.0.0.0/8", "::"]],
  ["link_local", ["169.254.0.0/16", "fe80::/10", "fec0::/10"]],
  ["multicast", ["224.0.0.0/4", "ff00::/8"]],
  [
    "reserved",
    [
      "240.0.0.0/4",
      "192.0.0.0/24",
      "192.0.2.0/24",
      "198.18.0.0/15",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "100::/64",
      "2001:db8::/32",
      "3fff::/20",
    ],
  ],
];

const denied = rules.flatMap(([reason, texts]) => texts.map((text) => ({ reason, network: network(text) })));

/** IPv6 that is neither global (2000::/3), private (fc00::/7) nor a carrier of IPv4 belongs to nobody yet. */
const assigned = [
  "2000::/3",
  "fc00::/7",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "::/96",
  "::ffff:0:0/96",
  "::ffff:0:0:0/96",
].map(network);

/** Why this address is denied, its embedded IPv4 addresses included; undefined when it is not. */
export function denialReason(address: string): DenialReason | undefined {
  const bytes = addressBytes(address);
  if (!bytes) return "reserved";
  return [bytes, ...embeddedAddresses(bytes)].map(reasonFor).find((reason) => reason !== undefined);
}

function reasonFor(bytes: readonly number[]): DenialReason | undefined {
  const rule = denied.find(({ network }) => isInNetwork(bytes, network));
  if (rule) return rule.reason;
  return bytes.length === 16 && !assigned.some((range) => isInNetwork(bytes, range)) ? "reserved" : undefined;
}

function network(text: string): Network {
  const parsed = parseNetwork(text);
  if (!parsed) throw new Error(`${text} is not a network`);
  return parsed;
}

const privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"].map(network);

/** Whether an address, or one embedded in it, belongs to a private network. */
export function isPrivate(address: string): boolean {
  const bytes = addressBytes(address);
  if (!bytes) return false;
  return [bytes, ...embeddedAddresses(bytes)].some((one) => privateNetworks.some((range) => isInNetwork(one, range)));
}

/** Whether an address is this machine itself. */
export function isLoopback(address: string): boolean {
  return denialReason(address) === "loopback";
}
