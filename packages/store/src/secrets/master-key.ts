import { createHmac, randomBytes } from "node:crypto";
import { readFile, stat } from "node:fs/promises";

export const masterKeyBytes = 32;

/** A new key as the text that HEADGATE_MASTER_KEY and the key file hold. */
export function createMasterKey(): string {
  return randomBytes(masterKeyBytes).toString("base64");
}

/**
 * Reads the master key from the settings. [R21] Nothing is ever made up here.
 * @throws with instructions when no key is given, or it is not 32 bytes in base64, or others may read its file.
 */
export async function readMasterKey(settings: {
  readonly masterKey?: string | undefined;
  readonly masterKeyFile?: string | undefined;
}): Promise<Buffer> {
  if (settings.masterKey !== undefined && settings.masterKey !== "")
    return decodeMasterKey(settings.masterKey, "HEADGATE_MASTER_KEY");
  if (settings.masterKeyFile === undefined || settings.masterKeyFile === "")
    throw new Error(
      "Headgate needs a master key to encrypt stored passwords. Make one with `openssl rand -base64 32`, keep it apart " +
        "from database backups, and set HEADGATE_MASTER_KEY or HEADGATE_MASTER_KEY_FILE.",
    );
  const file = settings.masterKeyFile;
  let text: string;
  try {
    const { mode } = await stat(file);
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      throw new Error("other users of this machine can read it; run `chmod 600` on it");
    text = await readFile(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`HEADGATE_MASTER_KEY_FILE (${file}) cannot be used: ${reason}.`, { cause: error });
  }
  return decodeMasterKey(text, `The key in ${file}`);
}

function decodeMasterKey(text: string, what: string): Buffer {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, "base64");
  const exact = key.toString("base64").replace(/=+$/, "") === trimmed.replace(/=+$/, "");
  if (exact && key.length === masterKeyBytes) return key;
  throw new Error(
    `${what} is not a master key: it must be ${masterKeyBytes} random bytes written in base64 (44 characters). ` +
      "Make one with `openssl rand -base64 32`.",
  );
}

/** Names a key without revealing it, so that a stored secret says which key it needs. */
export function masterKeyId(key: Buffer): string {
  return createHmac("sha256", key).update("headgate master key id").digest("hex").slice(0, 16);
}
