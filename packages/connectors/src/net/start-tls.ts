import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from "node:tls";
import { defaultAuthorities } from "./ca-certificate.ts";
import { hasChainGap } from "./chain-gap.ts";
import type { ClientIdentity } from "./client-identity.ts";
import { certificateFacts } from "./certificate-facts.ts";
import type { TlsVerification } from "./tls-modes.ts";
import { ProtocolFault, TlsRefusal, type TlsCode } from "./tls-refusal.ts";

export type TlsOptions = {
  /** The host as typed: names are checked against it, whatever address the socket goes to. */
  readonly host: string;
  readonly verify: TlsVerification;
  readonly authorities: readonly string[] | undefined;
  /** Shown when the server asks who we are. */
  readonly identity?: ClientIdentity | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** Encrypts an accepted line and verifies the server before one byte of ours is sent over it. */
export function startTls(socket: Duplex, options: TlsOptions): Promise<TLSSocket> {
  const { host, verify, timeoutMs, signal } = options;
  const secure = connect({
    socket,
    // A name only: RFC 6066 has no place for addresses.
    ...(isIP(host) ? {} : { servername: host }),
    minVersion: "TLSv1.2",
    ...options.identity,
    // The verdict is ours to read afterwards, together with the certificate it is about.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ...(verify === "nothing" ? {} : { ca: [...(options.authorities ?? defaultAuthorities())] }),
  });
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      secure.off("error", onError).off("close", onClose);
    };
    const fail = (error: Error): void => {
      settle();
      secure.on("error", () => {});
      secure.destroy();
      reject(error);
    };
    const onError = (error: Error): void => fail(handshakeFault(error));
    const onAbort = (): void => fail(new Error("stopped"));
    const onClose = (): void => fail(new TlsRefusal("tls_failed", "The server hung up during the TLS handshake."));
    const timer = setTimeout(
      () => fail(new ProtocolFault("port_silent", "No answer to the TLS handshake.")),
      timeoutMs,
    );
    signal.addEventListener("abort", onAbort, { once: true });
    secure.on("error", onError).on("close", onClose);
    secure.once("secureConnect", () => {
      const refusal = judge(secure, options);
      if (refusal) return fail(refusal);
      settle();
      return resolve(secure);
    });
  });
}

function judge(secure: TLSSocket, { host, verify, authorities }: TlsOptions): TlsRefusal | undefined {
  if (verify === "nothing") return undefined;
  const certificate = secure.getPeerCertificate();
  if (!secure.authorized) {
    const code = chainCode(String(secure.authorizationError), certificate);
    const gap = code === "tls_unknown_issuer" && hasChainGap(secure, authorities);
    return refused(gap ? "tls_chain_incomplete" : code, certificate, secure);
  }
  if (verify === "chain") return undefined;
  const fault = checkServerIdentity(host.replace(/^\[|\]$/g, ""), certificate);
  return fault ? refused("tls_wrong_name", certificate, secure) : undefined;
}

function refused(code: TlsCode, certificate: PeerCertificate, secure: TLSSocket): TlsRefusal {
  const words = secure.authorizationError ? String(secure.authorizationError) : "ERR_TLS_CERT_ALTNAME_INVALID";
  return new TlsRefusal(code, words, certificateFacts(certificate));
}

/** Codes OpenSSL gives for a chain that leads nowhere; others keep their own line. */
const chainCodes: Readonly<Record<string, TlsCode>> = {
  CERT_HAS_EXPIRED: "tls_expired",
  CERT_NOT_YET_VALID: "tls_not_yet_valid",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls_unknown_issuer",
  SELF_SIGNED_CERT_IN_CHAIN: "tls_unknown_issuer",
  UNABLE_TO_GET_ISSUER_CERT: "tls_unknown_issuer",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls_unknown_issuer",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls_unknown_issuer",
  CERT_UNTRUSTED: "tls_unknown_issuer",
  INVALID_CA: "tls_unknown_issuer",
};

function chainCode(code: string, { modulus, bits = weakestRsaBits }: PeerCertificate): TlsCode {
  // OpenSSL's words for a key that is too small do not reach us: Node calls them UNSPECIFIED.
  if (code === "UNSPECIFIED" && modulus !== undefined && bits < weakestRsaBits) return "tls_weak";
  return chainCodes[code] ?? "tls_failed";
}

const weakestRsaBits = 2048;

function handshakeFault(error: Error): Error {
  const code = "code" in error ? String(error.code) : "";
  return new TlsRefusal("tls_failed", code || error.message);
}
