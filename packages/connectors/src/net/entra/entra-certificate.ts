import { createHash, createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { unusable } from "./entra-refusal.ts";
import { readPfx } from "./read-pfx.ts";

export type EntraCertificate = {
  readonly key: KeyObject;
  /** Base64url of the SHA-256 of the certificate in DER form: how Entra finds the one that was registered. */
  readonly thumbprint: string;
  /** The last day of its validity, `2027-01-31`. */
  readonly expires: string;
};

/** Reads certificate and key as PEM text, or as a PFX file in Base64. Throws `entra_certificate_unreadable` with a `reason`. */
export async function readEntraCertificate(text: string, password: string | undefined): Promise<EntraCertificate> {
  const pem = text.includes("-----BEGIN") ? text : await readPfx(text, password);
  const certificates = (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(readOne);
  const key = readKey(pem, password);
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (certificates.length === 0) throw unusable("certificate_missing", "There is no certificate in it.");
  if (!own) throw unusable("mismatch", "The key belongs to another certificate.");
  if (key.asymmetricKeyType !== "rsa") throw unusable("not_rsa", "Entra takes RSA keys only.");
  return {
    key,
    thumbprint: createHash("sha256").update(own.raw).digest("base64url"),
    expires: own.validToDate.toISOString().slice(0, 10),
  };
}

function readOne(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw unusable("unreadable", "The certificate cannot be read.");
  }
}

function readKey(pem: string, password: string | undefined): KeyObject {
  const block = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^]+?-----END \1PRIVATE KEY-----/.exec(pem)?.[0];
  if (!block) throw unusable("key_missing", "There is no private key in it.");
  const encrypted = block.includes("ENCRYPTED");
  if (encrypted && !password) throw unusable("password_missing", "The key is encrypted.");
  try {
    return createPrivateKey({ key: block, ...(encrypted && password ? { passphrase: password } : {}) });
  } catch {
    throw encrypted
      ? unusable("password_wrong", "The password does not open the key.")
      : unusable("unreadable", "The key cannot be read.");
  }
}
