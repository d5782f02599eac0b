import { createPrivateKey, type KeyObject } from "node:crypto";
import ssh2, { type ParsedKey } from "ssh2";
import { opensshEd25519 } from "./openssh-key.ts";
import { SshRefusal } from "./ssh-refusal.ts";

const publicForms = /^(ssh-(rsa|dss|ed25519) |ecdsa-sha2-|sk-|-----BEGIN (RSA )?PUBLIC KEY|---- BEGIN SSH2 PUBLIC KEY)/;

/**
 * Reads a private key as people paste it: OpenSSH, PEM or PKCS#8, with Windows line ends or a literal `\n` from a JSON
 * file. Throws an `SshRefusal` that names what is wrong. The key signs with SHA-2 only (R54).
 */
export function readPrivateKey(text: string, passphrase?: string): ParsedKey {
  const healed = heal(text);
  if (healed.startsWith("PuTTY-User-Key-File-")) throw new SshRefusal("ssh_key_ppk", "This is a PuTTY key file.");
  if (publicForms.test(healed)) throw new SshRefusal("ssh_key_public", "This is a public key.");
  const key = isPkcs8(healed) ? readPkcs8(healed, passphrase) : readByName(healed, passphrase);
  return withoutSha1(key);
}

function heal(text: string): string {
  const lines = text.replaceAll("\\r", "").replaceAll("\\n", "\n").replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  const trimmed = lines.split("\n").map((line) => line.trim());
  return `${trimmed.join("\n").trim()}\n`;
}

function isPkcs8(text: string): boolean {
  return /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text);
}

/** ssh2 does not read PKCS#8; Node does, and writes it in a form that ssh2 reads. */
function readPkcs8(text: string, passphrase: string | undefined): ParsedKey {
  const encrypted = text.includes("ENCRYPTED");
  if (encrypted && !passphrase) throw passphraseFault("missing");
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, ...(passphrase ? { passphrase } : {}) });
  } catch {
    throw encrypted ? passphraseFault("wrong") : unreadable();
  }
  const type = key.asymmetricKeyType;
  if (type === "ed25519") return readByName(opensshEd25519(key).privateKey);
  if (type !== "rsa" && type !== "ec") throw unreadable();
  return readByName(key.export({ type: type === "rsa" ? "pkcs1" : "sec1", format: "pem" }).toString());
}

function readByName(text: string, passphrase?: string): ParsedKey {
  const parsed = parse(text, passphrase);
  if (parsed instanceof Error) {
    if (!isEncrypted(text, parsed)) throw unreadable();
    throw passphraseFault(passphrase ? "wrong" : "missing");
  }
  if (!parsed.isPrivateKey()) throw new SshRefusal("ssh_key_public", "This is a public key.");
  return parsed;
}

function parse(text: string, passphrase: string | undefined): ParsedKey | Error {
  try {
    const parsed = ssh2.utils.parseKey(text, passphrase);
    return parsed;
  } catch (error) {
    return error instanceof Error ? error : new Error("The key cannot be read.");
  }
}

function isEncrypted(text: string, error: Error): boolean {
  return /ENCRYPTED/.test(text) || /passphrase|integrity|decrypt/i.test(error.message);
}

/** Where a server does not say that it knows SHA-2, ssh2 would sign with SHA-1. */
function withoutSha1(key: ParsedKey): ParsedKey {
  if (key.type !== "ssh-rsa") return key;
  const sign = key.sign.bind(key);
  return Object.assign(key, {
    sign: (data: Buffer | string, algorithm?: string) =>
      algorithm === "sha256" || algorithm === "sha512"
        ? sign(data, algorithm)
        : new SshRefusal("ssh_too_old", "The server wants a signature with SHA-1."),
  });
}

function passphraseFault(reason: "missing" | "wrong"): SshRefusal {
  return new SshRefusal("ssh_key_passphrase", "The key is encrypted.", { reason });
}

function unreadable(): SshRefusal {
  return new SshRefusal("ssh_key_unreadable", "This is not a private key.");
}
