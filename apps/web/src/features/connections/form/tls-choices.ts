import type { TlsMode } from "@headgate/contract";

export type TlsChoice = { readonly mode: TlsMode; readonly label: string; readonly meaning: string };

/** The six modes of libpq in plain words, strongest first. */
export const tlsChoices: readonly TlsChoice[] = [
  {
    mode: "verify-full",
    label: "Always, and check the server's name",
    meaning: "The safest choice. Headgate only talks to a server that proves it is the one you typed.",
  },
  {
    mode: "verify-ca",
    label: "Always, with a known authority",
    meaning: "The certificate must come from an authority you trust, but may be made out to another name.",
  },
  {
    mode: "require",
    label: "Always",
    meaning: "Encrypted, but nobody checks who answers: someone in between could pretend to be the server.",
  },
  {
    mode: "prefer",
    label: "Use if available",
    meaning: "Encrypted when the server can. If it cannot, everything travels readable, the password's proof included.",
  },
  {
    mode: "allow",
    label: "Only if the server insists",
    meaning: "Readable on the network unless the server refuses that. Meant for old servers.",
  },
  { mode: "disable", label: "Off", meaning: "Everything travels readable. Only for a database on this computer." },
];

export function tlsMeaning(mode: TlsMode): string {
  return tlsChoices.find((choice) => choice.mode === mode)?.meaning ?? "";
}

/** The modes that can use an authority of one's own; with one, `require` checks the certificate as libpq does. */
export function takesAuthority(mode: TlsMode): boolean {
  return mode === "require" || mode === "verify-ca" || mode === "verify-full";
}

/** What is offered before anyone chose: full verification, except where a certificate is rarely found. */
export function defaultTlsMode(host: string): TlsMode {
  return isPrivateHost(host) ? "prefer" : "verify-full";
}

const privateAddresses = [
  /^127\./,
  /^10\./,
  /^192\.168\./,
  /^172\.(1[6-9]|2[0-9]|3[01])\./,
  /^169\.254\./,
  /^100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\./,
];
const privateAddresses6 = [/^::1$/, /^f[cd][0-9a-f]{2}:/, /^fe[89ab][0-9a-f]:/, /^::ffff:(127|10)\./];
const privateNames = [/(^|\.)localhost$/, /\.local$/, /\.internal$/, /\.lan$/, /\.home\.arpa$/];

/** Whether an address is this computer's or a private network's, as far as its text shows. */
export function isPrivateHost(host: string): boolean {
  const bare = host
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
  if (bare.includes(":")) return privateAddresses6.some((pattern) => pattern.test(bare));
  if (/^[0-9.]+$/.test(bare)) return privateAddresses.some((pattern) => pattern.test(bare));
  return bare !== "" && (!bare.includes(".") || privateNames.some((pattern) => pattern.test(bare)));
}
