import { isInNetwork, parseNetwork, type Network } from "./ip-address.ts";

type Embedding = { readonly network: Network; readonly extract: (bytes: readonly number[]) => readonly number[][] };

const lastFour = (bytes: readonly number[]): number[][] => [bytes.slice(12)];

/** IPv6 forms that carry an IPv4 address and may be delivered to it (V15: a block list of IPv4 ranges misses most). */
const embeddings: readonly Embedding[] = [
  { network: network("::ffff:0:0/96"), extract: lastFour },
  { network: network("::ffff:0:0:0/96"), extract: lastFour },
  { network: network("::/96"), extract: lastFour },
  { network: network("64:ff9b::/96"), extract: lastFour },
  // The local-use NAT64 prefix splits the address around bits 64-71 (RFC 6052) or keeps it last.
  {
    network: network("64:ff9b:1::/48"),
    extract: (bytes) => [bytes.slice(12), [...bytes.slice(6, 8), ...bytes.slice(9, 11)]],
  },
  { network: network("2002::/16"), extract: (bytes) => [bytes.slice(2, 6)] },
  // Teredo: the relay's address, and the client's with all bits inverted.
  {
    network: network("2001::/32"),
    extract: (bytes) => [bytes.slice(4, 8), bytes.slice(12).map((byte) => byte ^ 0xff)],
  },
];

const isatap = [0x5e, 0xfe];

/** The IPv4 addresses inside an IPv6 address; empty for IPv4, for `::` and for `::1`. */
export function embeddedAddresses(bytes: readonly number[]): readonly (readonly number[])[] {
  if (bytes.length !== 16) return [];
  if (bytes.slice(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) <= 1) return [];
  const found = embeddings
    .filter(({ network }) => isInNetwork(bytes, network))
    .flatMap(({ extract }) => extract(bytes));
  const inIsatap = bytes[10] === isatap[0] && bytes[11] === isatap[1] ? lastFour(bytes) : [];
  return [...found, ...inIsatap];
}

function network(text: string): Network {
  const parsed = parseNetwork(text);
  if (!parsed) throw new Error(`${text} is not a network`);
  return parsed;
}
