import type { z } from "zod";

const begin = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/g;
const end = /-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** A field for certificates in PEM form, blank or whole; `stored` is what the contract says of its text. */
export function certificateSchema(stored: z.ZodOptional<z.ZodString>) {
  return stored.unwrap().refine((pem) => pem.trim() === "" || pem.includes("PRIVATE KEY-----") || isWhole(pem), {
    error: "Paste the whole certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
  });
}

function isWhole(pem: string): boolean {
  const begun = pem.match(begin)?.length ?? 0;
  return begun > 0 && begun === pem.match(end)?.length;
}

/** Whether the text is a private key in PEM form, as far as its first and last line show. */
export function isPrivateKey(pem: string): boolean {
  return /-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----[^]+-----END \1PRIVATE KEY-----/.test(pem);
}

/** Whether a private key in PEM form needs a passphrase. */
export function isEncryptedKey(pem: string): boolean {
  return /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(pem);
}
