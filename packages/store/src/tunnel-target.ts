import { hostKeySchema, tunnelMethodSchema } from "@headgate/contract";
import type { TunnelTarget } from "@headgate/core";
import type { Pool } from "pg";
import { z } from "zod";
import { maybeOne } from "./db.ts";
import { readSecrets } from "./secrets/secrets.ts";
import type { SecretBox } from "./secrets/secret-box.ts";

const rowSchema = z.object({
  host: z.string(),
  port: z.int(),
  user: z.string(),
  method: tunnelMethodSchema,
  hostKey: hostKeySchema.nullable(),
});

/**
 * Reads what one SSH connection needs, the secrets of its method and no other. Nothing is cached. [R26]
 * @throws SecretUnreadableError when a stored secret cannot be decrypted; Error when the tunnel is gone.
 */
export async function readTunnelTarget(
  { db, secrets }: { readonly db: Pool; readonly secrets: SecretBox },
  id: string,
): Promise<TunnelTarget> {
  const row = await maybeOne(
    db,
    rowSchema,
    `select host, port, ssh_user as "user", method, host_key as "hostKey" from tunnels where id = $1`,
    [id],
  );
  if (!row) throw new Error(`There is no tunnel ${id}.`);
  const { hostKey, ...rest } = row;
  const { password, privateKey, passphrase } = await readSecrets(db, secrets, { table: "tunnels", id });
  const known = row.method === "password" ? { password } : { privateKey, passphrase };
  const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return { id, ...rest, ...given, hostKeyFingerprint: hostKey?.fingerprint ?? null };
}
