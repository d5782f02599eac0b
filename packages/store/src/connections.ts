import {
  destinationSchemas,
  postgresSettingsSchema,
  type Connection,
  type ConnectionSecrets,
  type ExpiryKind,
  type GivenConnection,
  type PostgresSecrets,
} from "@headgate/contract";
import type { PostgresTarget, ReceiverTarget } from "@headgate/core";
import type { Pool } from "pg";
import { z } from "zod";
import { existingConnection, findConnection } from "./connection-rows.ts";
import { inTransaction, isRefusedBy, maybeOne, one, type Queryable } from "./db.ts";
import { readSecrets, saveSecrets } from "./secrets/secrets.ts";
import type { SecretBox } from "./secrets/secret-box.ts";
import { readTunnelTarget } from "./tunnel-target.ts";

type Keys = { readonly db: Pool; readonly secrets: SecretBox };

/** Days that became known or unknown (null); the others stay. */
export type ExpiryChanges = { readonly [K in ExpiryKind]?: string | null };
export type ConnectionChange = GivenConnection & { readonly expiries?: ExpiryChanges };

/** The name is taken, or the connection was changed by somebody else in the meantime, or it or its tunnel is gone. */
export type RefusedChange = { readonly refused: "name_taken" | "outdated" | "not_found" | "tunnel_not_found" };

/** Saves a new connection with its secrets encrypted. */
export async function insertConnection(
  { db, secrets }: Keys,
  { kind = "postgres", name, settings, secrets: values, expiries = {} }: ConnectionChange,
): Promise<Connection | RefusedChange> {
  try {
    return await inTransaction(db, async (client) => {
      const { id } = await one(
        client,
        z.object({ id: z.string() }),
        "insert into connections (kind, name, settings, expiries) values ($1, $2, $3, jsonb_strip_nulls($4)) returning id",
        [kind, name, settings, expiries],
      );
      await saveSecrets(client, secrets, { table: "connections", id }, values);
      return existingConnection(client, id);
    });
  } catch (error) {
    return refusal(error);
  }
}

/**
 * Changes a connection that still has the given revision. Renaming alone keeps the revision and so the last check; after
 * any other change, what the last check found out about the server no longer counts. The kind stays what it is.
 */
export async function updateConnection(
  { db, secrets }: Keys,
  id: string,
  { revision, ...answers }: ConnectionChange & { readonly revision: number },
): Promise<Connection | RefusedChange> {
  const secretsChange = Object.values(answers.secrets).some((value) => value !== undefined);
  try {
    return await inTransaction(db, async (client) => {
      const changed = await client.query(
        `update connections
            set name = $3, settings = $4, updated_at = now(),
                revision = revision + case when settings = $4 and not $5 then 0 else 1 end,
                expiries = jsonb_strip_nulls(case when settings = $4 and not $5 then expiries
                             else expiries - '{server_certificate,password}'::text[] end || $6)
          where id = $1 and revision = $2`,
        [id, revision, answers.name, answers.settings, secretsChange, answers.expiries ?? {}],
      );
      if (changed.rowCount === 0) return { refused: (await findConnection(client, id)) ? "outdated" : "not_found" };
      await saveSecrets(client, secrets, { table: "connections", id }, answers.secrets);
      return existingConnection(client, id);
    });
  } catch (error) {
    return refusal(error);
  }
}

/** Deletes a connection and its secrets, unless a flow uses it. */
export async function deleteConnection(db: Queryable, id: string): Promise<"deleted" | "not_found" | "in_use"> {
  try {
    const { rowCount } = await db.query("delete from connections where id = $1", [id]);
    return rowCount === 1 ? "deleted" : "not_found";
  } catch (error) {
    if (isRefusedBy(error, "flow_source") || isRefusedBy(error, "flow_destination")) return "in_use";
    throw error;
  }
}

/**
 * Reads what one session to a connection needs, its secrets and those of its tunnel among it. Nothing is cached. [R26]
 * Secrets in `replaced` take the place of stored ones, which are then not opened; an empty text stands for none.
 * @throws SecretUnreadableError when a stored secret cannot be decrypted; Error when the connection is gone.
 */
export async function readTarget(
  { db, secrets }: Keys,
  connectionId: string,
  replaced: PostgresSecrets = {},
): Promise<PostgresTarget> {
  const row = await maybeOne(
    db,
    z.object({ settings: postgresSettingsSchema }),
    "select settings from connections where id = $1 and kind = 'postgres'",
    [connectionId],
  );
  if (!row) throw new Error(`There is no database connection ${connectionId}.`);
  const { tunnelId, ...settings } = row.settings;
  const { password, ...others } = await secretsWith({ db, secrets }, connectionId, replaced);
  return {
    ...settings,
    ...others,
    password,
    ...(tunnelId !== undefined && { tunnel: await readTunnelTarget({ db, secrets }, tunnelId) }),
  };
}

/**
 * Reads what one delivery to a receiver or a place for files needs, its secrets among it. Nothing is cached. [R26]
 * @throws SecretUnreadableError when a stored secret cannot be decrypted; Error when the connection is gone or a database.
 */
export async function readReceiver(
  { db, secrets }: Keys,
  connectionId: string,
  replaced: ConnectionSecrets = {},
): Promise<ReceiverTarget> {
  const row = await maybeOne(db, receiverRowSchema, "select kind, settings from connections where id = $1", [
    connectionId,
  ]);
  if (!row) throw new Error(`There is no connection ${connectionId}.`);
  return { ...row, secrets: await secretsWith({ db, secrets }, connectionId, replaced) };
}

const receiverRowSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("events"), settings: destinationSchemas.events.settings }),
  z.object({ kind: z.literal("webhook"), settings: destinationSchemas.webhook.settings }),
  z.object({ kind: z.literal("files"), settings: destinationSchemas.files.settings }),
]);

async function secretsWith<S extends ConnectionSecrets>(
  { db, secrets }: Keys,
  id: string,
  replaced: S,
): Promise<{ readonly [F in keyof S]?: string }> {
  const given = Object.entries(replaced).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const left = given.map(([field]) => field);
  const stored = await readSecrets(db, secrets, { table: "connections", id }, left);
  return { ...stored, ...Object.fromEntries(given.filter(([, value]) => value !== "")) } as Record<keyof S, string>;
}

function refusal(error: unknown): RefusedChange {
  if (isRefusedBy(error, "connection_name")) return { refused: "name_taken" };
  if (isRefusedBy(error, "connection_tunnel")) return { refused: "tunnel_not_found" };
  throw error;
}
