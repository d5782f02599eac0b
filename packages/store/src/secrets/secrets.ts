import type { ConnectionSecretField, StoredSecret, TunnelSecrets } from "@headgate/contract";
import { z } from "zod";
import { instant, many, one, type Queryable } from "../db.ts";
import type { SecretBox } from "./secret-box.ts";

/** Whose secret it is. */
export type SecretOwner = { readonly table: "connections" | "tunnels"; readonly id: string };
export type SecretField = ConnectionSecretField | keyof TunnelSecrets;
/** Absent keeps what is stored, an empty text removes it. */
export type SecretChanges = { readonly [F in SecretField]?: string | undefined };

const columns = { connections: "connection_id", tunnels: "tunnel_id" } as const;

const sealedRowSchema = z.object({
  field: z.string(),
  version: z.int(),
  keyId: z.string(),
  wrappedKey: z.instanceof(Buffer),
  ciphertext: z.instanceof(Buffer),
});

/** Stores or removes the secrets that are named. */
export async function saveSecrets(
  db: Queryable,
  box: SecretBox,
  owner: SecretOwner,
  changes: SecretChanges,
): Promise<void> {
  for (const [field, value] of Object.entries(changes)) {
    if (value === "") await removeSecret(db, owner, field);
    else if (value !== undefined) await saveSecret(db, box, owner, field, value);
  }
}

/** Stores one secret, replacing what was there. The version is part of what is authenticated. */
async function saveSecret(
  db: Queryable,
  box: SecretBox,
  owner: SecretOwner,
  field: string,
  plaintext: string,
): Promise<void> {
  const { version } = await one(
    db,
    z.object({ version: z.int() }),
    `insert into secrets (${columns[owner.table]}, field, version, key_id, wrapped_key, ciphertext)
     values ($1, $2, 1, '', '', '')
     on conflict on constraint one_secret_per_field do update set version = secrets.version + 1
     returning version`,
    [owner.id, field],
  );
  const sealed = box.seal(place(owner, field, version), plaintext);
  await db.query(
    `update secrets set key_id = $3, wrapped_key = $4, ciphertext = $5, updated_at = now()
      where ${columns[owner.table]} = $1 and field = $2`,
    [owner.id, field, sealed.keyId, sealed.wrappedKey, sealed.ciphertext],
  );
}

function removeSecret(db: Queryable, owner: SecretOwner, field: string) {
  return db.query(`delete from secrets where ${columns[owner.table]} = $1 and field = $2`, [owner.id, field]);
}

/**
 * Reads all secrets of an owner but those `left`; a field without one is absent.
 * @throws SecretUnreadableError [R23]; never answers with an empty password instead.
 */
export async function readSecrets(
  db: Queryable,
  box: SecretBox,
  owner: SecretOwner,
  left: readonly string[] = [],
): Promise<{ readonly [F in SecretField]?: string }> {
  const rows = await many(
    db,
    sealedRowSchema,
    `select field, version, key_id as "keyId", wrapped_key as "wrappedKey", ciphertext
       from secrets where ${columns[owner.table]} = $1 and field <> all ($2)`,
    [owner.id, left],
  );
  return Object.fromEntries(rows.map((row) => [row.field, box.open(place(owner, row.field, row.version), row)]));
}

/** SQL of a JSON object that tells of each field whether it is set and since when, for rows of the owner's table. */
export function storedSecrets(table: SecretOwner["table"], fields: readonly string[]): string {
  const none = JSON.stringify(Object.fromEntries(fields.map((field) => [field, unset])));
  return `'${none}'::jsonb || coalesce((
    select jsonb_object_agg(field, jsonb_build_object('set', true, 'updatedAt', ${instant("secrets.updated_at")}))
      from secrets where secrets.${columns[table]} = ${table}.id), '{}')`;
}

const unset: StoredSecret = { set: false, updatedAt: null };

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

function place({ table, id }: SecretOwner, field: string, version: number) {
  return { table, rowId: id, field, version };
}
