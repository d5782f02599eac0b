import { withClient, type TestDatabase } from "@headgate/testkit";
import { expect } from "@playwright/test";

/**
 * Locks a table of a destination, so that a run can begin but not write, and does `work` meanwhile; the lock goes when
 * `work` is done or calls `release`.
 */
export async function whileTableIsHeld(
  database: TestDatabase,
  table: string,
  work: (release: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await withClient(database, database.database, async (client) => {
    await client.query(`begin; lock table ${table} in access exclusive mode`);
    await work(async () => void (await client.query("commit")));
  });
}

/** Waits until somebody else's session stands in front of a lock in this database. */
export async function untilSomebodyWaits(database: TestDatabase): Promise<void> {
  const waiting = `select count(*)::int as waiting from pg_locks
    where not granted and database = (select oid from pg_database where datname = current_database())`;
  await expect
    .poll(async () => (await database.query<{ waiting: number }>(waiting)).rows[0]?.waiting, { timeout: 60_000 })
    .toBeGreaterThan(0);
}
