import { X509Certificate } from "node:crypto";
import { readEntraCertificate } from "./entra/entra-certificate.ts";

const block = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** The last day of a client certificate, which comes before its chain; undefined for what cannot be read. */
export function clientCertificateEnds(pem: string | undefined): string | undefined {
  return endsOf(pem)[0];
}

/** The day after which none of these authorities counts any more; undefined for what cannot be read. */
export function authoritiesEnd(pem: string | undefined): string | undefined {
  return endsOf(pem).toSorted().at(-1);
}

/** The last day of an Entra application's certificate, PEM or PFX; undefined for what cannot be opened. */
export async function entraCertificateEnds(text: string, password: string | undefined): Promise<string | undefined> {
  try {
    return (await readEntraCertificate(text, password)).expires;
  } catch {
    // What is wrong with it is said by the check, at the stage where it is needed.
    return undefined;
  }
}

function endsOf(pem: string | undefined): string[] {
  try {
    return (pem?.match(block) ?? []).map((one) => new X509Certificate(one).validToDate.toISOString().slice(0, 10));
  } catch {
    return [];
  }
}
