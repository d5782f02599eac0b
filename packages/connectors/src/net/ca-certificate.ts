import { X509Certificate } from "node:crypto";
import { getCACertificates } from "node:tls";
import { TlsRefusal } from "./tls-refusal.ts";

const block = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/**
 * Reads the PEM text of one or more authorities. Node ignores unreadable text without a word and then says that the
 * issuer is unknown (V12), so it is refused here, with a reason. Undefined when nothing was given.
 */
export function readAuthorities(pem: string | undefined): readonly string[] | undefined {
  if (pem === undefined || pem.trim() === "") return undefined;
  if (pem.includes("PRIVATE KEY-----")) throw badAuthority("private_key", "This is a private key, not a certificate.");
  const blocks = pem.match(block) ?? [];
  const begun = pem.match(/-----BEGIN [A-Z0-9 ]+-----/g)?.length ?? 0;
  if (blocks.length === 0 || blocks.length !== begun) {
    throw badAuthority("unreadable", "The text is not a complete certificate in PEM form.");
  }
  for (const one of blocks) {
    try {
      new X509Certificate(one);
    } catch {
      throw badAuthority("unreadable", "The certificate cannot be read.");
    }
  }
  return blocks;
}

/** `reason` is one of `private_key`, `unreadable`, `missing`. */
export function badAuthority(reason: string, message: string): TlsRefusal {
  return new TlsRefusal("tls_bad_authority", message, { reason });
}

let trusted: readonly string[] | undefined;

/**
 * The authorities Node brings along and those this machine trusts, read once (about 10 ms). What NODE_EXTRA_CA_CERTS
 * adds does not count: Node has read it before we could take it away (R56).
 */
export function defaultAuthorities(): readonly string[] {
  trusted ??= [...new Set([...getCACertificates("bundled"), ...getCACertificates("system")])];
  return trusted;
}
