import { generateKeyPairSync, randomBytes } from "node:crypto";
import forge from "node-forge";

export type CertificateOptions = {
  /** DNS names and IP addresses the certificate is good for; the first name is also its common name. */
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  /** The validity ended yesterday. */
  readonly expired?: boolean;
  /** The validity begins tomorrow. */
  readonly early?: boolean;
  /** Signed by its own key in place of the authority's. */
  readonly selfSigned?: boolean;
  /** Bits of the RSA key (2048). */
  readonly bits?: number;
};

/** PEM texts. */
export type KeyAndCertificate = { readonly key: string; readonly certificate: string };

export type Authority = KeyAndCertificate & {
  issue(options?: CertificateOptions): KeyAndCertificate;
};

const dayMs = 86_400_000;

/** A certificate authority that nobody trusts by default; sign server and client certificates with it. */
export function makeAuthority(commonName = "Headgate test authority"): Authority {
  const keys = makeKeys();
  const own = unsigned(keys.publicKey, commonName, {});
  own.setIssuer(own.subject.attributes);
  own.setExtensions([
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  own.sign(keys.privateKey, forge.md.sha256.create());
  return {
    key: keys.pem,
    certificate: forge.pki.certificateToPem(own),
    issue: (options = {}) => issue(options, own.subject.attributes, keys.privateKey),
  };
}

function issue(
  options: CertificateOptions,
  issuer: forge.pki.CertificateField[],
  signer: forge.pki.rsa.PrivateKey,
): KeyAndCertificate {
  const { names = ["localhost"], addresses = [], selfSigned = false, bits } = options;
  const keys = makeKeys(bits);
  const certificate = unsigned(keys.publicKey, names[0] ?? "unnamed", options);
  certificate.setIssuer(selfSigned ? certificate.subject.attributes : issuer);
  const altNames = [...names.map((value) => ({ type: 2, value })), ...addresses.map((ip) => ({ type: 7, ip }))];
  certificate.setExtensions([
    { name: "basicConstraints", cA: false },
    { name: "extKeyUsage", serverAuth: true, clientAuth: true },
    ...(altNames.length > 0 ? [{ name: "subjectAltName", altNames }] : []),
  ]);
  certificate.sign(selfSigned ? keys.privateKey : signer, forge.md.sha256.create());
  return { key: keys.pem, certificate: forge.pki.certificateToPem(certificate) };
}

function unsigned(
  key: forge.pki.rsa.PublicKey,
  commonName: string,
  { expired = false, early = false }: CertificateOptions,
) {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = key;
  certificate.serialNumber = `01${randomBytes(8).toString("hex")}`;
  certificate.validity.notBefore = new Date(Date.now() + (early ? 1 : -30) * dayMs);
  certificate.validity.notAfter = new Date(Date.now() + (expired ? -1 : 30) * dayMs);
  certificate.setSubject([{ name: "commonName", value: commonName }]);
  return certificate;
}

/** Node makes the key pair: node-forge would take seconds for one. */
function makeKeys(modulusLength = 2048) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const forged = forge.pki.privateKeyFromPem(pem);
  return { pem, privateKey: forged, publicKey: forge.pki.setRsaPublicKey(forged.n, forged.e) };
}
