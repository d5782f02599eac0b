import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { masterKeyBytes, masterKeyId } from "./master-key.ts";

/** Where a secret is kept. All of it is authenticated, so that a value moved elsewhere does not open. [R20] */
export type SecretPlace = {
  readonly table: string;
  readonly rowId: string;
  readonly field: string;
  readonly version: number;
};

export type SealedSecret = { readonly keyId: string; readonly wrappedKey: Buffer; readonly ciphertext: Buffer };

export type SecretBox = {
  readonly keyId: string;
  seal(place: SecretPlace, plaintext: string): SealedSecret;
  /** @throws SecretUnreadableError when anything about it does not fit; never returns a guess. */
  open(place: SecretPlace, sealed: SealedSecret): string;
};

/** The stored value cannot be decrypted: another key, a moved or damaged row. The connection needs its secret again. */
export class SecretUnreadableError extends Error {
  override readonly name = "SecretUnreadableError";
}

const algorithm = "aes-256-gcm";
const ivBytes = 12;
// Without authTagLength Node accepts tags of 4 bytes (V35).
const authTagLength = 16;

/** Envelope encryption: every secret has a random data key, and the master key only ever wraps those. */
export function createSecretBox(masterKey: Buffer): SecretBox {
  if (masterKey.length !== masterKeyBytes) throw new Error(`A master key has ${masterKeyBytes} bytes.`);
  const keyId = masterKeyId(masterKey);
  return {
    keyId,
    seal(place, plaintext) {
      const dataKey = randomBytes(masterKeyBytes);
      const wrappedKey = encrypt(masterKey, authenticated(place, keyId, "key"), dataKey);
      const ciphertext = encrypt(dataKey, authenticated(place, keyId, "value"), Buffer.from(plaintext, "utf8"));
      dataKey.fill(0);
      return { keyId, wrappedKey, ciphertext };
    },
    open(place, sealed) {
      if (sealed.keyId !== keyId) throw new SecretUnreadableError("This secret was encrypted with another master key.");
      try {
        const dataKey = decrypt(masterKey, authenticated(place, keyId, "key"), sealed.wrappedKey);
        return decrypt(dataKey, authenticated(place, keyId, "value"), sealed.ciphertext).toString("utf8");
      } catch {
        // The cause says nothing useful and could carry bytes of the secret.
        throw new SecretUnreadableError("This secret does not belong here or was damaged.");
      }
    },
  };
}

function authenticated(place: SecretPlace, keyId: string, part: "key" | "value"): Buffer {
  return Buffer.from([place.table, place.rowId, place.field, keyId, String(place.version), part].join("|"), "utf8");
}

function encrypt(key: Buffer, aad: Buffer, plaintext: Buffer): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength });
  cipher.setAAD(aad);
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]);
}

function decrypt(key: Buffer, aad: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < ivBytes + authTagLength) throw new Error("too short");
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes), { authTagLength });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(sealed.length - authTagLength));
  const body = sealed.subarray(ivBytes, sealed.length - authTagLength);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}
