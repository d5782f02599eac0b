import type { Pool } from "pg";
import { openPool } from "./db.ts";
import { migrationState, newerStore } from "./migrate.ts";
import { openQueue, type QueueOptions, type RunQueue } from "./queue.ts";
import { createSecretBox, type SecretBox } from "./secrets/secret-box.ts";
import { requireKnownKey } from "./secrets/secrets.ts";

/** Our own database, and what is needed to use it. */
export type Store = {
  readonly db: Pool;
  readonly secrets: SecretBox;
  readonly queue: RunQueue;
  close(): Promise<void>;
};

/**
 * Opens the store of a migrated database.
 * @throws when it cannot be reached, was not migrated, or holds secrets of another master key. [R21]
 */
export async function openStore(options: {
  readonly databaseUrl: string;
  readonly masterKey: Buffer;
  readonly maxConnections?: number;
  readonly queue?: QueueOptions;
}): Promise<Store> {
  const secrets = createSecretBox(options.masterKey);
  const db = openPool(options.databaseUrl, options.maxConnections ?? 10, "headgate");
  try {
    const { missing, unknown } = await migrationState(db);
    if (missing.length > 0) throw new Error(`The store's database lacks the migrations ${missing.join(", ")}.`);
    if (unknown.length > 0) throw newerStore(unknown);
    await requireKnownKey(db, secrets);
    const queue = await openQueue(db, options.databaseUrl, options.queue);
    return {
      db,
      secrets,
      queue,
      async close() {
        await queue.stop();
        await db.end();
      },
    };
  } catch (error) {
    await db.end();
    throw error;
  }
}
