import { z } from "zod";
import { many, maybeOne, one, type Queryable } from "../db.ts";
import type { SecretBox } from "./secret-box.ts";

/** The secrets a connection can have. */
export type SecretField = "password";

const sealedRowSchema = z.object({
  version: z.int(),
  keyId: z.string(),
  wrappedKey: z.instanceof(Buffer),
  ciphertext: z.instanceof(Buffer),
});

/** Stores one secret of a connection, replacing what was there. The version is part of what is authenticated. */
export async function saveSecret(
  db: Queryable,
  box: SecretBox,
  connectionId: string,
  field: SecretField,
  plaintext: string,
): Promise<void> {
  const { version } = await one(
    db,
    z.object({ version: z.int() }),
    `insert into secrets (connection_id, field, version, key_id, wrapped_key, ciphertext)
     values ($1, $2, 1, '', '', '')
     on conflict on constraint one_secret_per_field do update set version = secrets.version + 1
     returning version`,
    [connectionId, field],
  );
  const sealed = box.seal(place(connectionId, field, version), plaintext);
  await db.query(
    `update secrets set key_id = $3, wrapped_key = $4, ciphertext = $5, updated_at = now()
      where connection_id = $1 and field = $2`,
    [connectionId, field, sealed.keyId, sealed.wrappedKey, sealed.ciphertext],
  );
}

/**
 * Reads one secret, or undefined when none is stored.
 * @throws SecretUnreadableError [R23]; never answers with an empty password instead.
 */
export async function readSecret(
  db: Queryable,
  box: SecretBox,
  connectionId: string,
  field: SecretField,
): Promise<string | undefined> {
  const row = await maybeOne(
    db,
    sealedRowSchema,
    `select version, key_id as "keyId", wrapped_key as "wrappedKey", ciphertext
       from secrets where connection_id = $1 and field = $2`,
    [connectionId, field],
  );
  return row && box.open(place(connectionId, field, row.version), row);
}

/** [R21] Refuses to start with a key that cannot open what is stored. */
export async function requireKnownKey(db: Queryable, box: SecretBox): Promise<void> {
  const rows = await many(db, z.object({ keyId: z.string() }), `select distinct key_id as "keyId" from secrets`);
  const others = rows.map((row) => row.keyId).filter((keyId) => keyId !== box.keyId);
  if (others.length === 0) return;
  throw new Error(
    `The stored passwords were encrypted with the master key ${others.join(", ")}, but the one given is ${box.keyId}. ` +
      "Set HEADGATE_MASTER_KEY or HEADGATE_MASTER_KEY_FILE to the key that belongs to this database.",
  );
}

function place(connectionId: string, field: SecretField, version: number) {
  return { table: "connections", rowId: connectionId, field, version };
}
