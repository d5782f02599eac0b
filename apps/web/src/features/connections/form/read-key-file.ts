import type { FileReading } from "../../../ui/file-text-field.tsx";
import { formCopy } from "./copy.ts";

type Kind = "pem" | "pfx" | "certificate" | "key" | "unknown";

/** A certificate: PEM text as it is, the binary form turned into it. */
export async function readCertificateFile(file: File): Promise<FileReading> {
  if (file.size > 1_000_000) return { fault: formCopy.fileTooLong };
  const bytes = await bytesOf(file);
  const kind = kindOf(bytes);
  if (kind === "pem") return { text: textOf(bytes) };
  if (kind === "certificate") return { text: pemOf(bytes) };
  if (kind === "pfx") return { fault: formCopy.pfxIsBoth };
  return { fault: kind === "key" ? formCopy.fileIsKey : formCopy.fileIsNoCertificate };
}

/** A private key as PEM text; its binary forms do not say what they are. */
export async function readKeyFile(file: File): Promise<FileReading> {
  if (file.size > 100_000) return { fault: formCopy.fileTooLong };
  const bytes = await bytesOf(file);
  const kind = kindOf(bytes);
  if (kind === "pem") return { text: textOf(bytes) };
  if (kind === "pfx") return { fault: formCopy.pfxIsBoth };
  return { fault: kind === "key" || kind === "certificate" ? formCopy.keyIsBinary : formCopy.fileIsNoKey };
}

/** A certificate with its key: PEM text as it is, a PFX file in Base64. */
export async function readIdentityFile(file: File): Promise<FileReading> {
  // Base64 makes four letters of three bytes, and the field takes 100,000.
  if (file.size > 75_000) return { fault: formCopy.fileTooLong };
  const bytes = await bytesOf(file);
  const kind = kindOf(bytes);
  if (kind === "pem") return { text: textOf(bytes) };
  if (kind === "pfx") return { text: base64Of(bytes) };
  return { fault: kind === "certificate" ? formCopy.certificateWithoutKey : formCopy.fileIsNoIdentity };
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

/** What a file is by its first bytes: PEM, or one of the DER structures of X.509, PKCS #12 and PKCS #8. */
function kindOf(bytes: Uint8Array): Kind {
  if (textOf(bytes).includes("-----BEGIN ")) return "pem";
  if (bytes[0] !== 0x30) return "unknown";
  const long = (bytes[1] ?? 0) & 0x80;
  const body = bytes.subarray(2 + (long ? (bytes[1] ?? 0) & 0x7f : 0));
  if (body[0] === 0x30) return "certificate";
  if (body[0] !== 0x02) return "unknown";
  return body[2] === 3 ? "pfx" : "key";
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function pemOf(bytes: Uint8Array): string {
  const lines = base64Of(bytes).match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
