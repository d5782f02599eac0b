import { isIPv4, isIPv6 } from "node:net";

/** The bytes of an IP address: 4 or 16 of them. Undefined for anything else, a zone id (`fe80::1%eth0`) included. */
export function addressBytes(address: string): readonly number[] | undefined {
  if (isIPv4(address)) return address.split(".").map(Number);
  if (!isIPv6(address) || address.includes("%")) return undefined;
  // The URL parser writes every spelling, a dotted tail included, as hexadecimal groups.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const left = groups(head);
  const right = groups(tail ?? "");
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<number>(gap).fill(0), ...right].flatMap((group) => [group >> 8, group & 0xff]);
}

function groups(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}

/** One spelling per address, so that two of them can be compared. */
export function canonicalAddress(address: string): string {
  const bytes = addressBytes(address);
  if (!bytes) return address;
  const v4 = bytes.length === 16 && hasPrefix(bytes, mappedPrefix) ? bytes.slice(12) : bytes;
  return v4.length === 4 ? v4.join(".") : new URL(`http://[${address}]`).hostname.slice(1, -1);
}

export type Network = { readonly bytes: readonly number[]; readonly bits: number };

/** Reads `10.0.0.0/8`, `fd00::/8` or a single address. */
export function parseNetwork(text: string): Network | undefined {
  const [address = "", length, more] = text.split("/");
  const bytes = addressBytes(address);
  if (!bytes || more !== undefined) return undefined;
  if (length === undefined) return { bytes, bits: bytes.length * 8 };
  const bits = /^[0-9]{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return bits >= 0 && bits <= bytes.length * 8 ? { bytes, bits } : undefined;
}

export function isInNetwork(bytes: readonly number[], network: Network): boolean {
  if (bytes.length !== network.bytes.length) return false;
  return network.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, network.bits - index * 8));
    const mask = (0xff << (8 - bits)) & 0xff;
    return ((bytes[index] ?? 0) & mask) === (byte & mask);
  });
}

const mappedPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

function hasPrefix(bytes: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}
