import { TLSSocket } from "node:tls";
import { makeAuthority, type CertificateOptions } from "@headgate/testkit";
import type { PostgresTarget } from "@headgate/core";
import { targetOf } from "../targets.ts";
import { wire } from "../wire.ts";
import { provoked, provokedBy, stranger, withListener, type Arena, type Provocation } from "./provocation.ts";

/** At the server that only talks encrypted. */
function encryptedTarget({ encrypted }: Arena, change: Partial<PostgresTarget> = {}): PostgresTarget {
  const authority = { caCertificate: encrypted.caCertificate ?? "" };
  return targetOf(
    { ...encrypted, host: "localhost", database: "postgres" },
    { tlsMode: "require", ...authority, ...change },
  );
}

/** A server that shows a certificate of this kind, and gets no further. */
function provokedByCertificate(options: CertificateOptions, between?: string) {
  const authority = makeAuthority();
  const issuer = between === undefined ? authority : authority.delegate(between);
  const { key, certificate: cert } = issuer.issue(options);
  return withListener(
    (plain) =>
      void plain.once("data", () => {
        plain.write("S");
        new TLSSocket(plain, { isServer: true, key, cert, ciphers: "DEFAULT@SECLEVEL=0" }).on("error", () => {});
      }),
    (port) => {
      const change = { host: "localhost", tlsMode: "verify-full", caCertificate: authority.certificate } as const;
      return provoked(stranger(port, change));
    },
  );
}

/** What can be wrong with encryption. */
export const encryption: readonly Provocation[] = [
  {
    how: "a server without encryption, where it is demanded",
    code: "tls_not_offered",
    stage: "tls",
    provoke: ({ database }) => provoked(targetOf(database, { tlsMode: "require" })),
  },
  {
    how: "a server that demands encryption, where it is switched off",
    code: "tls_required",
    stage: "sign_in",
    facts: { clientAddress: "127.0.0.1" },
    provoke: (arena) => provoked(encryptedTarget(arena, { host: "127.0.0.1", tlsMode: "disable" })),
  },
  {
    how: "an authority nobody trusts [B106]",
    code: "tls_unknown_issuer",
    stage: "tls",
    facts: { issuer: "Headgate test authority", names: "localhost" },
    provoke: (arena) => provoked(encryptedTarget(arena, { tlsMode: "verify-full", caCertificate: "" })),
  },
  {
    how: "a certificate made out to another name [B107]",
    code: "tls_wrong_name",
    stage: "tls",
    facts: { names: "localhost", host: "127.0.0.1" },
    provoke: (arena) => provoked(encryptedTarget(arena, { tlsMode: "verify-full", host: "127.0.0.1" })),
  },
  {
    how: "a certificate that has ended [B104]",
    code: "tls_expired",
    stage: "tls",
    provoke: () => provokedByCertificate({ expired: true }),
  },
  {
    how: "a certificate that has not begun [B105]",
    code: "tls_not_yet_valid",
    stage: "tls",
    provoke: () => provokedByCertificate({ early: true }),
  },
  {
    how: "a certificate missing between the server's and its authority's [B110]",
    code: "tls_chain_incomplete",
    stage: "tls",
    facts: { issuer: "In between" },
    provoke: () => provokedByCertificate({}, "In between"),
  },
  {
    how: "a key of 1,024 bits [B111]",
    code: "tls_weak",
    stage: "tls",
    provoke: () => provokedByCertificate({ bits: 1024 }),
  },
  {
    how: "an authority's file that is none [B97]",
    code: "tls_bad_authority",
    stage: "tls",
    facts: { reason: "unreadable" },
    provoke: (arena) => provoked(encryptedTarget(arena, { tlsMode: "verify-full", caCertificate: "garbage" })),
  },
  {
    how: "a database that asks for a client certificate",
    code: "tls_client_required",
    stage: "sign_in",
    provoke: (arena) => provoked(encryptedTarget(arena, { database: "certified" })),
  },
  {
    how: "a client certificate without its key",
    code: "tls_client_unreadable",
    stage: "tls",
    facts: { reason: "key_missing" },
    provoke: (arena) => provoked(encryptedTarget(arena, { clientCertificate: makeAuthority().certificate })),
  },
  {
    how: "an error in place of encryption",
    code: "tls_failed",
    stage: "tls",
    provoke: () => provokedBy([wire.error("XX000", "no")], { tlsMode: "require" }),
  },
];

export { encryptedTarget };
