import { X509Certificate } from "node:crypto";
import type { DetailedPeerCertificate, TLSSocket } from "node:tls";

/**
 * Whether the certificates a server sent stop before an authority, so that one in between is probably missing there
 * (B110). A private authority that signs servers itself looks the same from afar. It is taken for that unless other
 * authorities were given, none of which is the issuer, or the certificate says where its issuer's own can be had.
 */
export function hasChainGap(secure: TLSSocket, authorities: readonly string[] | undefined): boolean {
  const last = lastSent(secure);
  if (!last || last.issuer === last.subject) return false;
  if (authorities) return authorities.every((pem) => new X509Certificate(pem).subject !== last.issuer);
  return last.infoAccess?.includes("CA Issuers") === true;
}

function lastSent(secure: TLSSocket): X509Certificate | undefined {
  let last: DetailedPeerCertificate = secure.getPeerCertificate(true);
  // An authority is its own issuer.
  while (last.issuerCertificate && last.issuerCertificate !== last) last = last.issuerCertificate;
  return last.raw && new X509Certificate(last.raw);
}
