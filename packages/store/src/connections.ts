import {
  connectionSchema,
  connectionSecretFields,
  postgresSettingsSchema,
  type CheckVerdict,
  type Connection,
  type ConnectionAnswers,
} from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import type { Pool } from "pg";
import { z } from "zod";
import { inTransaction, instant, isRefusedBy, many, maybeOne, one, type Queryable } from "./db.ts";
import { readSecrets, saveSecrets, storedSecrets } from "./secrets/secrets.ts";
import type { SecretBox } from "./secrets/secret-box.ts";
import { readTunnelTarget } from "./tunnel-target.ts";

type Keys = { readonly db: Pool; readonly secrets: SecretBox };

const selectConnections = `
  select connections.id, connections.name, connections.kind, connections.settings, connections.revision,
         connections.practice_side is not null as practice, connections.last_check as "lastCheck",
         ${storedSecrets("connections", connectionSecretFields)} as secrets,
         array(select flows.name from flows
                where connections.id in (flows.source_connection_id, flows.destination_connection_id)
                order by flows.name) as "flowNames",
         ${instant("connections.created_at")} as "createdAt", ${instant("connections.updated_at")} as "updatedAt"
    from connections`;

/** All saved connections, newest first. */
export function listConnections(db: Queryable): Promise<Connection[]> {
  return many(db, connectionSchema, `${selectConnections} order by connections.created_at desc, connections.id`);
}

/** One saved connection, or undefined. */
export function findConnection(db: Queryable, id: string): Promise<Connection | undefined> {
  return maybeOne(db, connectionSchema, `${selectConnections} where connections.id = $1`, [id]);
}

/** The name is taken, or the connection was changed by somebody else in the meantime, or it or its tunnel is gone. */
export type RefusedChange = { readonly refused: "name_taken" | "outdated" | "not_found" | "tunnel_not_found" };

/** Saves a new connection with its secrets encrypted. */
export async function insertConnection(
  { db, secrets }: Keys,
  answers: ConnectionAnswers,
): Promise<Connection | RefusedChange> {
  try {
    return await inTransaction(db, async (client) => {
      const { id } = await one(
        client,
        z.object({ id: z.string() }),
        "insert into connections (name, settings) values ($1, $2) returning id",
        [answers.name, answers.settings],
      );
      await saveSecrets(client, secrets, { table: "connections", id }, answers.secrets);
      return existing(client, id);
    });
  } catch (error) {
    return refusal(error);
  }
}

/** Changes a connection that still has the given revision. Renaming alone keeps the revision and so the last check. */
export async function updateConnection(
  { db, secrets }: Keys,
  id: string,
  { revision, ...answers }: ConnectionAnswers & { readonly revision: number },
): Promise<Connection | RefusedChange> {
  const secretsChange = Object.values(answers.secrets).some((value) => value !== undefined);
  try {
    return await inTransaction(db, async (client) => {
      const changed = await client.query(
        `update connections
            set name = $3, settings = $4, updated_at = now(),
                revision = revision + case when settings = $4 and not $5 then 0 else 1 end
          where id = $1 and revision = $2`,
        [id, revision, answers.name, answers.settings, secretsChange],
      );
      if (changed.rowCount === 0) return { refused: (await findConnection(client, id)) ? "outdated" : "not_found" };
      await saveSecrets(client, secrets, { table: "connections", id }, answers.secrets);
      return existing(client, id);
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

/** Remembers what a check of the given revision found; a connection changed in the meantime keeps its own. */
export async function recordCheck(db: Queryable, id: string, revision: number, verdict: CheckVerdict): Promise<void> {
  const failure = verdict.status === "failed" ? verdict.failure : undefined;
  await db.query(
    `update connections
        set last_check = jsonb_strip_nulls(jsonb_build_object(
              'at', ${instant("now()")}, 'revision', $2::int, 'status', $3::text, 'stage', $4::text, 'code', $5::text))
      where id = $1 and revision = $2`,
    [id, revision, verdict.status, failure?.stage ?? null, failure?.code ?? null],
  );
}

/**
 * Reads what one session to a connection needs, its secrets and those of its tunnel among it. Nothing is cached. [R26]
 * @throws SecretUnreadableError when a stored secret cannot be decrypted; Error when the connection is gone.
 */
export async function readTarget({ db, secrets }: Keys, connectionId: string): Promise<PostgresTarget> {
  const row = await maybeOne(
    db,
    z.object({ settings: postgresSettingsSchema }),
    "select settings from connections where id = $1",
    [connectionId],
  );
  if (!row) throw new Error(`There is no connection ${connectionId}.`);
  const { tunnelId, ...settings } = row.settings;
  const { password, ...others } = await readSecrets(db, secrets, { table: "connections", id: connectionId });
  return {
    ...settings,
    ...others,
    password,
    ...(tunnelId !== undefined && { tunnel: await readTunnelTarget({ db, secrets }, tunnelId) }),
  };
}

function refusal(error: unknown): RefusedChange {
  if (isRefusedBy(error, "connection_name")) return { refused: "name_taken" };
  if (isRefusedBy(error, "connection_tunnel")) return { refused: "tunnel_not_found" };
  throw error;
}

function existing(db: Queryable, id: string): Promise<Connection> {
  return one(db, connectionSchema, `${selectConnections} where connections.id = $1`, [id]);
}
