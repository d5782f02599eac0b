import { tunnelSchema, tunnelSecretFields, type HostKey, type Tunnel, type TunnelAnswers } from "@headgate/contract";
import { authorizedKeysLine } from "@headgate/core";
import type { Pool } from "pg";
import { z } from "zod";
import { inTransaction, instant, isRefusedBy, many, maybeOne, one, type Queryable } from "./db.ts";
import { saveSecrets, storedSecrets } from "./secrets/secrets.ts";
import type { SecretBox } from "./secrets/secret-box.ts";

type Keys = { readonly db: Pool; readonly secrets: SecretBox };

/** A pair that Headgate made: the private half in OpenSSH form, the public one as a line. */
export type TunnelKeyPair = { readonly privateKey: string; readonly publicKey: string };

/** Answers of a person, and the pair that was made where the method is `headgate_key` and there was none yet. */
export type TunnelChange = TunnelAnswers & { readonly keyPair?: TunnelKeyPair };

export type RefusedTunnel = { readonly refused: "name_taken" | "outdated" | "not_found" };

const rowSchema = tunnelSchema
  .omit({ authorizedKeysLine: true })
  .extend({ targets: z.array(z.object({ host: z.string(), port: z.int() })) });

const selectTunnels = `
  select tunnels.id, tunnels.name, tunnels.host, tunnels.port, tunnels.ssh_user as "user", tunnels.method,
         tunnels.public_key as "publicKey", tunnels.host_key as "hostKey", tunnels.revision,
         ${storedSecrets("tunnels", tunnelSecretFields)} as secrets,
         array(select name from connections where tunnel_id = tunnels.id order by name) as "connectionNames",
         (select coalesce(jsonb_agg(distinct jsonb_build_object('host', settings -> 'host', 'port', settings -> 'port')), '[]')
            from connections where tunnel_id = tunnels.id) as targets,
         ${instant("tunnels.created_at")} as "createdAt", ${instant("tunnels.updated_at")} as "updatedAt"
    from tunnels`;

/** All saved tunnels, newest first. */
export async function listTunnels(db: Queryable): Promise<Tunnel[]> {
  return (await many(db, rowSchema, `${selectTunnels} order by tunnels.created_at desc, tunnels.id`)).map(asTunnel);
}

/** One saved tunnel, or undefined. */
export async function findTunnel(db: Queryable, id: string): Promise<Tunnel | undefined> {
  const row = await maybeOne(db, rowSchema, `${selectTunnels} where tunnels.id = $1`, [id]);
  return row && asTunnel(row);
}

/** Saves a new tunnel with its secrets encrypted; no key of its server is accepted yet. */
export async function insertTunnel({ db, secrets }: Keys, change: TunnelChange): Promise<Tunnel | RefusedTunnel> {
  const { name, host, port, user, method, keyPair } = change;
  return orRefused(() =>
    inTransaction(db, async (client) => {
      const { id } = await one(
        client,
        z.object({ id: z.string() }),
        `insert into tunnels (name, host, port, ssh_user, method, public_key) values ($1, $2, $3, $4, $5, $6) returning id`,
        [name, host, port, user, method, keyPair?.publicKey ?? null],
      );
      await saveSecrets(client, secrets, { table: "tunnels", id }, secretsOf(change));
      return existing(client, id);
    }),
  );
}

/**
 * Changes a tunnel that still has the given revision. Another server loses the accepted key; whatever uses the tunnel
 * has to be tested again.
 */
export async function updateTunnel(
  { db, secrets }: Keys,
  id: string,
  { revision, ...change }: TunnelChange & { readonly revision: number },
): Promise<Tunnel | RefusedTunnel> {
  const { name, host, port, user, method, keyPair } = change;
  const secretsChange = [...Object.values(change.secrets), keyPair].some((value) => value !== undefined);
  return orRefused(() =>
    inTransaction(db, async (client) => {
      const changed = await maybeOne(
        client,
        z.object({ moved: z.boolean() }),
        `update tunnels
            set name = $3, host = $4, port = $5, ssh_user = $6, method = $7, updated_at = now(),
                public_key = case when $7 = 'headgate_key' then coalesce($8, tunnels.public_key) end,
                host_key = case when (tunnels.host, tunnels.port) = ($4, $5) then tunnels.host_key end,
                seen_host_key = case when (tunnels.host, tunnels.port) = ($4, $5) then tunnels.seen_host_key end,
                revision = tunnels.revision
                  + case when (tunnels.host, tunnels.port, tunnels.ssh_user, tunnels.method) = ($4, $5, $6, $7) and not $9
                         then 0 else 1 end
           from tunnels as old
          where tunnels.id = $1 and tunnels.revision = $2 and old.id = tunnels.id
          returning tunnels.revision <> old.revision as moved`,
        [id, revision, name, host, port, user, method, keyPair?.publicKey ?? null, secretsChange],
      );
      if (!changed) return { refused: (await findTunnel(client, id)) ? "outdated" : "not_found" };
      if (changed.moved) await outdateChecks(client, id);
      await saveSecrets(client, secrets, { table: "tunnels", id }, secretsOf(change));
      return existing(client, id);
    }),
  );
}

/** Deletes a tunnel and its secrets, unless a connection uses it. */
export async function deleteTunnel(db: Queryable, id: string): Promise<"deleted" | "not_found" | "in_use"> {
  try {
    const { rowCount } = await db.query("delete from tunnels where id = $1", [id]);
    return rowCount === 1 ? "deleted" : "not_found";
  } catch (error) {
    if (isRefusedBy(error, "connection_tunnel")) return "in_use";
    throw error;
  }
}

/** Remembers the key that the server showed; it is not trusted by that. */
export async function noteHostKey(db: Queryable, id: string, hostKey: HostKey): Promise<void> {
  await db.query("update tunnels set seen_host_key = $2 where id = $1", [id, hostKey]);
}

/**
 * Trusts the key that the server showed last; undefined when that was another one, or none. `mayReplace` says that one
 * accepted before may make room for it. [R54]
 */
export async function acceptHostKey(
  { db }: Keys,
  id: string,
  { fingerprint, mayReplace }: { readonly fingerprint: string; readonly mayReplace: boolean },
): Promise<Tunnel | undefined> {
  return inTransaction(db, async (client) => {
    const { rowCount } = await client.query(
      `update tunnels
          set host_key = seen_host_key, updated_at = now(),
              revision = revision + case when host_key = seen_host_key then 0 else 1 end
        where id = $1 and seen_host_key ->> 'fingerprint' = $2
          and ($3 or host_key is null or host_key ->> 'fingerprint' = $2)`,
      [id, fingerprint, mayReplace],
    );
    return rowCount === 1 ? existing(client, id) : undefined;
  });
}

/** A check counts only for the revision it tested, and its way has changed. */
async function outdateChecks(db: Queryable, tunnelId: string): Promise<void> {
  await db.query("update connections set revision = revision + 1 where tunnel_id = $1", [tunnelId]);
}

/** A method keeps only its own secrets; those of another are removed. */
function secretsOf({ method, secrets, keyPair }: TunnelChange) {
  switch (method) {
    case "password":
      return { password: secrets.password, privateKey: "", passphrase: "" };
    case "private_key":
      return { password: "", privateKey: secrets.privateKey, passphrase: secrets.passphrase };
    case "headgate_key":
      return { password: "", privateKey: keyPair?.privateKey, passphrase: "" };
  }
}

function asTunnel({ targets, ...row }: z.output<typeof rowSchema>): Tunnel {
  return { ...row, authorizedKeysLine: row.publicKey === null ? null : authorizedKeysLine(row.publicKey, targets) };
}

async function existing(db: Queryable, id: string): Promise<Tunnel> {
  return asTunnel(await one(db, rowSchema, `${selectTunnels} where tunnels.id = $1`, [id]));
}

async function orRefused(work: () => Promise<Tunnel | RefusedTunnel>): Promise<Tunnel | RefusedTunnel> {
  try {
    return await work();
  } catch (error) {
    if (isRefusedBy(error, "tunnel_name")) return { refused: "name_taken" };
    throw error;
  }
}
