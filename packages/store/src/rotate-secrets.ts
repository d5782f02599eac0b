import type { CheckVerdict, Connection, ConnectionSecrets } from "@headgate/contract";
import type { Pool } from "pg";
import { recordCheck } from "./connection-checks.ts";
import { existingConnection, findConnection } from "./connection-rows.ts";
import type { ExpiryChanges } from "./connections.ts";
import { inTransaction } from "./db.ts";
import { saveSecrets } from "./secrets/secrets.ts";
import type { SecretBox } from "./secrets/secret-box.ts";

export type Rotation = {
  readonly revision: number;
  readonly secrets: ConnectionSecrets;
  readonly clientCertificate?: string | undefined;
  readonly expiries: ExpiryChanges;
  /** Of the check that was made with the new secrets. */
  readonly verdict: CheckVerdict;
};

/**
 * Replaces secrets of a connection that still has the given revision, for everything that uses it. The new revision
 * starts with the verdict of the check that its secrets have passed.
 */
export async function rotateSecrets(
  { db, secrets: box }: { readonly db: Pool; readonly secrets: SecretBox },
  id: string,
  { revision, secrets, clientCertificate, expiries, verdict }: Rotation,
): Promise<Connection | { readonly refused: "outdated" | "not_found" }> {
  return inTransaction(db, async (client) => {
    const changed = await client.query(
      `update connections
          set revision = revision + 1, updated_at = now(), settings = settings || $3,
              expiries = jsonb_strip_nulls(expiries || $4)
        where id = $1 and revision = $2`,
      [id, revision, clientCertificate === undefined ? {} : { clientCertificate }, expiries],
    );
    if (changed.rowCount === 0) return { refused: (await findConnection(client, id)) ? "outdated" : "not_found" };
    await saveSecrets(client, box, { table: "connections", id }, secrets);
    await recordCheck(client, id, revision + 1, verdict);
    return existingConnection(client, id);
  });
}
