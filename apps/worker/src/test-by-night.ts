import { checkPostgres, type EgressGate } from "@headgate/connectors";
import type { PostgresTarget } from "@headgate/core";
import {
  claimNightChecks,
  readTarget,
  recordCheck,
  recordUnreadable,
  SecretUnreadableError,
  type NightCheck,
  type Store,
} from "@headgate/store";
import type { Log } from "./log.ts";

type Tools = {
  readonly store: Store;
  readonly gate: EgressGate;
  readonly log: Log;
  /** Fires when the worker stops; a test under way then ends at the database too, and says nothing. */
  readonly signal: AbortSignal;
};

/** Other people's databases notice us; nobody waits for the result. */
const atOnce = 2;

/** Tests the saved connections whose moment of the night has come, two at a time, until none is left. */
export async function testByNight(tools: Tools): Promise<void> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  while (!tools.signal.aborted) {
    const claimed = await claimNightChecks(tools.store.db, { timeZone, limit: atOnce });
    if (claimed.length === 0) return;
    await Promise.all(claimed.map((connection) => testOne(connection, tools)));
  }
}

async function testOne({ id, revision, began, worked }: NightCheck, { store, gate, log, signal }: Tools) {
  const target = await openTarget(store, id);
  if (!target) return;
  const verdict = await checkPostgres(target, { gate, signal }, () => {});
  if (signal.aborted) return;
  await recordCheck(store.db, id, revision, verdict, { by: "night", unlessAfter: began });
  // Whoever is to be told that a connection stopped working is told from here.
  if (worked && verdict.status === "failed")
    log.warn({ connectionId: id, code: verdict.failure.code }, "a connection that worked no longer does");
}

async function openTarget(store: Store, id: string): Promise<PostgresTarget | undefined> {
  try {
    return await readTarget(store, id);
  } catch (error) {
    // [R23] Only this connection needs attention; the others are tested.
    if (!(error instanceof SecretUnreadableError)) throw error;
    await recordUnreadable(store.db, id, "night");
    return undefined;
  }
}
