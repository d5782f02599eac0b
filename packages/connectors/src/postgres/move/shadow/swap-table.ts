import { setTimeout as wait } from "node:timers/promises";
import { DatabaseError } from "pg";
import { tableIdent } from "../../identifiers.ts";
import type { Session } from "../../session.ts";
import { swapSql, type Shadow } from "./shadow-table.ts";

/** Who waits for the table holds up everybody who comes after, so each try is short; in milliseconds. */
const tryMs = 100;
const pauseMs = 50;

/** Runs statements that may fail without a harm: then it is as if they had never been tried. */
export async function attempt<T>(session: Session, work: () => Promise<T>): Promise<T | DatabaseError> {
  await session.execute("savepoint headgate_attempt");
  try {
    const done = await work();
    await session.execute("release savepoint headgate_attempt");
    return done;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    await session.execute("rollback to savepoint headgate_attempt");
    return error;
  }
}

/** Keeps writers out, not readers, so that what is counted is what goes. False: somebody holds on to the table. */
export async function keepWritersOut(session: Session, { of }: Shadow): Promise<boolean> {
  const locked = await attempt(session, () => session.execute(`lock table ${tableIdent(of)} in exclusive mode`));
  return !(locked instanceof DatabaseError);
}

/**
 * Puts the shadow in the place of the table. Readers wait from here to the commit, about 10 ms and one flush. False,
 * with nothing done, where somebody reads the table for longer than this session waits for locks, or the server finds
 * that something needs it after all.
 */
export async function swap(session: Session, shadow: Shadow): Promise<boolean> {
  const [setting] = await session.query<{ ms: number }>(
    "select (extract(epoch from pg_catalog.current_setting('lock_timeout')::interval) * 1000)::int as ms",
  );
  const patience = setting?.ms ?? 0;
  const statements = [
    `set local lock_timeout = ${tryMs}`,
    `lock table ${tableIdent(shadow.of)} in access exclusive mode`,
    swapSql(shadow),
    `set local lock_timeout = ${patience}`,
  ].join("; ");
  const until = performance.now() + patience;
  for (;;) {
    const done = await attempt(session, () => session.execute(statements));
    if (!(done instanceof DatabaseError)) return true;
    if (done.code !== "55P03" || performance.now() >= until) return false;
    await wait(pauseMs);
  }
}
