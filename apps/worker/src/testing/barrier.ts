import { withClient, type TestDatabase } from "@headgate/testkit";
import { vi } from "vitest";

export type Barrier = {
  /** The row with this id stops on its way into the table, or at COMMIT, until `open`. */
  guard(table: string, at: "row" | "commit", id: number): Promise<void>;
  /** Resolves when so many sessions wait. */
  untilWaiting(sessions: number): Promise<void>;
  open(): Promise<void>;
};

/** Stops writers at a known point without any sleep: their trigger waits for an advisory lock the barrier holds. */
export async function raiseBarrier(database: TestDatabase, key = 7_001): Promise<Barrier> {
  const opened = Promise.withResolvers<void>();
  const raised = Promise.withResolvers<void>();
  const holding = withClient(database, database.database, async (client) => {
    await client.query(`select pg_advisory_lock(${key})`);
    raised.resolve();
    await opened.promise;
  });
  await Promise.race([raised.promise, holding]);
  await database.query(
    `create or replace function wait_at_${key}() returns trigger language plpgsql as $$
     begin perform pg_advisory_xact_lock_shared(${key}); return new; end $$`,
  );
  return {
    async guard(table, at, id) {
      const timing = at === "row" ? "trigger barrier before insert" : "constraint trigger barrier after insert";
      const deferred = at === "row" ? "" : "deferrable initially deferred";
      await database.query(
        `create ${timing} on ${table} ${deferred} for each row when (new.id = ${id}) execute function wait_at_${key}()`,
      );
    },
    untilWaiting: (sessions) =>
      vi.waitFor(
        async () => {
          const { rows } = await database.query<{ waiting: number }>(
            "select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted and objid = $1",
            [key],
          );
          if ((rows[0]?.waiting ?? 0) < sessions) throw new Error(`${rows[0]?.waiting} sessions wait.`);
        },
        { timeout: 60_000, interval: 20 },
      ),
    async open() {
      opened.resolve();
      await holding;
    },
  };
}
