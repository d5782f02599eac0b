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
  /** Where the issuer's own certificate can be had, as public authorities say on what they issue. */
  readonly issuerUrl?: string;
  /** Bits of the RSA key (2048). */
  readonly bits?: number;
};

/** PEM texts. */
export type KeyAndCertificate = { readonly key: string; readonly certificate: string };

export type Authority = KeyAndCertificate & {
  issue(options?: CertificateOptions): KeyAndCertificate;
  /** An authority below this one, which nobody has by default: whoever uses its certificates must show its own. */
  delegate(commonName: string): Authority;
};

const dayMs = 86_400_000;

/** A certificate authority that nobody trusts by default; sign server and client certificates with it. */
export function makeAuthority(commonName = "Headgate test authority"): Authority {
  return authorityUnder(undefined, commonName);
}

type Signer = { readonly subject: forge.pki.CertificateField[]; readonly key: forge.pki.rsa.PrivateKey };

function authorityUnder(parent: Signer | undefined, commonName: string): Authority {
  const keys = makeKeys();
  const own = unsigned(keys.publicKey, commonName, {});
  const self = { subject: own.subject.attributes, key: keys.privateKey };
  own.setIssuer((parent ?? self).subject);
  own.setExtensions([
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  own.sign((parent ?? self).key, forge.md.sha256.create());
  return {
    key: keys.pem,
    certificate: forge.pki.certificateToPem(own),
    issue: (options = {}) => issue(options, self),
    delegate: (name) => authorityUnder(self, name),
  };
}

function issue(options: CertificateOptions, issuer: Signer): KeyAndCertificate {
  const { names = ["localhost"], addresses = [], selfSigned = false, issuerUrl, bits } = options;
  const keys = makeKeys(bits);
  const certificate = unsigned(keys.publicKey, names[0] ?? "unnamed", options);
  certificate.setIssuer(selfSigned ? certificate.subject.attributes : issuer.subject);
  const altNames = [...names.map((value) => ({ type: 2, value })), ...addresses.map((ip) => ({ type: 7, ip }))];
  certificate.setExtensions([
    { name: "basicConstraints", cA: false },
    { name: "extKeyUsage", serverAuth: true, clientAuth: true },
    ...(issuerUrl === undefined ? [] : [issuerAt(issuerUrl)]),
    ...(altNames.length > 0 ? [{ name: "subjectAltName", altNames }] : []),
  ]);
  certificate.sign(selfSigned ? keys.privateKey : issuer.key, forge.md.sha256.create());
  return { key: keys.pem, certificate: forge.pki.certificateToPem(certificate) };
}

/** The extension authorityInfoAccess, which node-forge cannot write by name. */
function issuerAt(url: string) {
  const { create, Class, Type, oidToDer } = forge.asn1;
  const access = create(Class.UNIVERSAL, Type.SEQUENCE, true, [
    create(Class.UNIVERSAL, Type.OID, false, oidToDer("1.3.6.1.5.5.7.48.2").getBytes()),
    create(Class.CONTEXT_SPECIFIC, 6 as forge.asn1.Type, false, url),
  ]);
  return { id: "1.3.6.1.5.5.7.1.1", value: create(Class.UNIVERSAL, Type.SEQUENCE, true, [access]) };
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
