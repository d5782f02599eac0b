import type { PeerCertificate, TLSSocket } from "node:tls";
import type { Encryption } from "@headgate/contract";

/** What a person needs to see of a certificate that was not accepted: `issuer`, `names`, `begins` and `expired` (the first and last day), `fingerprint`. */
export function certificateFacts(certificate: PeerCertificate): Record<string, string> {
  const facts = {
    issuer: nameOf(certificate.issuer),
    names: namesOf(certificate),
    begins: dayOf(certificate.valid_from),
    expired: dayOf(certificate.valid_to),
    fingerprint: certificate.fingerprint256,
  };
  return Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, string] => Boolean(fact[1])));
}

/** What was really negotiated on an encrypted line, and with whom. */
export function encryptionOf(secure: TLSSocket, verified: boolean): Encryption {
  const certificate = secure.getPeerCertificate();
  const { issuer, names, expired } = certificateFacts(certificate);
  const facts = { protocol: secure.getProtocol(), cipher: secure.getCipher()?.name, issuer, names, expires: expired };
  return {
    encrypted: true,
    verified,
    ...Object.fromEntries(Object.entries(facts).filter(([, fact]) => Boolean(fact))),
  };
}

function nameOf(subject: PeerCertificate["issuer"] | undefined): string | undefined {
  const name = subject?.CN ?? subject?.O;
  return Array.isArray(name) ? name.join(", ") : name;
}

function namesOf(certificate: PeerCertificate): string | undefined {
  const alternatives = certificate.subjectaltname?.split(", ").map((entry) => entry.replace(/^(DNS|IP Address):/, ""));
  return alternatives?.join(", ") ?? nameOf(certificate.subject);
}

function dayOf(text: string | undefined): string | undefined {
  const moment = new Date(text ?? "");
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString().slice(0, 10);
}
