import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { TlsRefusal } from "./tls-refusal.ts";

/** What TLS shows of us: a certificate with its chain, and its key, decrypted. */
export type ClientIdentity = { readonly cert: string; readonly key: string };

export type ClientMaterial = {
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly clientKeyPassphrase?: string | undefined;
};

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const weakestRsaBits = 2048;

/**
 * Reads a client certificate and its key, so that what is wrong with them is said in words and not in OpenSSL's (V12).
 * Undefined when neither was given. Throws `tls_client_unreadable` with a `reason`.
 */
export function readClientIdentity(material: ClientMaterial): ClientIdentity | undefined {
  const certificate = material.clientCertificate?.trim() ?? "";
  const key = material.clientKey?.trim() ?? "";
  if (certificate === "" && key === "") return undefined;
  if (certificate === "") throw refused("certificate_missing", "There is a key but no certificate.");
  if (certificate.includes("PRIVATE KEY-----")) throw refused("private_key", "A private key is not a certificate.");
  const chain = certificate.match(certificateBlock) ?? [];
  const [leaf] = chain.map(readCertificate);
  if (!leaf || certificate.split("-----BEGIN ").length - 1 !== chain.length) {
    throw refused("certificate_unreadable", "The text is not a complete certificate in PEM form.");
  }
  if (key === "") throw refused("key_missing", "There is a certificate but no key.");
  const privateKey = readKey(key, material.clientKeyPassphrase);
  if (!leaf.checkPrivateKey(privateKey)) throw refused("mismatch", "The key belongs to another certificate.");
  const { modulusLength } = privateKey.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined && modulusLength < weakestRsaBits) {
    throw refused("weak", `The key has ${modulusLength} bits; ${weakestRsaBits} are the least.`);
  }
  return { cert: chain.join("\n"), key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw refused("certificate_unreadable", "The certificate cannot be read.");
  }
}

function readKey(pem: string, passphrase: string | undefined): KeyObject {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) throw refused("key_unreadable", "This is not a private key.");
  const encrypted = pem.includes("ENCRYPTED");
  if (encrypted && !passphrase) throw refused("passphrase_missing", "The key is encrypted.");
  try {
    return createPrivateKey({ key: pem, ...(encrypted && passphrase ? { passphrase } : {}) });
  } catch {
    throw encrypted
      ? refused("passphrase_wrong", "The passphrase does not open the key.")
      : refused("key_unreadable", "The key cannot be read.");
  }
}

function refused(reason: string, message: string): TlsRefusal {
  return new TlsRefusal("tls_client_unreadable", message, { reason });
}
