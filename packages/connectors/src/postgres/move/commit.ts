import { setTimeout as wait } from "node:timers/promises";
import type { PostgresTarget } from "@headgate/core";
import { DatabaseError } from "pg";
import type { PostgresContext } from "../context.ts";
import { openSession } from "../open-session.ts";
import type { Session } from "../session.ts";
import { beginDestination } from "../settled.ts";
import { isLocked } from "./claim-flow.ts";
import { endHolder, readStateLocked, takenOver, type Claim } from "./flow-state.ts";
import { saveOutside, wasCommitted } from "./kept-outside/outside-state.ts";
import { ownFault } from "./run-failures.ts";
import { RunFault } from "./run-fault.ts";

/** Pauses between tries to learn what became of a COMMIT, in milliseconds: about a minute in all. */
const pauses = [100, 500, 2_000, 5_000, 10_000, 20_000, 20_000];

/**
 * Commits, and says so only when it is so: the tag must be COMMIT (that of an aborted transaction is ROLLBACK, V26),
 * and when the line is cut in between, the flow's own row tells: it stands at `seq` then (V30); without one, the server
 * is asked for the transaction. Answers whether the session can be used on.
 */
export async function commitPage(
  session: Session,
  claim: Claim,
  seq: string,
  { target, context }: { readonly target: PostgresTarget; readonly context: PostgresContext },
): Promise<{ readonly alive: boolean }> {
  context.signal.throwIfAborted();
  const obeySignal = session.outliveSignal();
  const { keeper } = claim;
  const alive = await commits(session, async () =>
    keeper ? wasCommitted(session, target, context) : wasApplied({ ...claim, seq }, target, context),
  );
  if (keeper) await saveOutside(session, keeper);
  if (alive) obeySignal();
  return { alive };
}

/** Answers whether the session lives; throws unless the transaction is committed. */
async function commits(session: Session, wasDone: () => Promise<boolean>): Promise<boolean> {
  try {
    const { command } = await session.client.query("commit");
    if (command === "COMMIT") return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.severity === "ERROR") throw error;
    if (await wasDone()) return false;
    throw ownFault("destination", { code: "line_cut", kind: "temporary" }, {});
  }
  throw ownFault("destination", { code: "unexpected", kind: "bug" }, {});
}

/** Asks from a new session whether this page's rows are there. Throws when nobody answers, or another attempt wrote. */
async function wasApplied(
  claim: Claim & { readonly seq: string },
  target: PostgresTarget,
  context: PostgresContext,
): Promise<boolean> {
  let failure: unknown;
  for (const pause of pauses) {
    const session = await openSession(target, { ...context, signal: AbortSignal.timeout(60_000) }).catch(
      (error: unknown) => {
        failure = error;
        return undefined;
      },
    );
    try {
      if (session) {
        await session.execute(beginDestination(2_000));
        const state = await readStateLocked(session, claim.flowId);
        if (state && state.epoch !== claim.epoch) throw takenOver();
        return state?.seq === claim.seq;
      }
    } catch (error) {
      if (error instanceof RunFault) throw error;
      failure = error;
      await session?.execute("rollback").catch(() => {});
      if (session && isLocked(error)) await endHolder(session, claim).catch(() => {});
    } finally {
      await session?.close();
    }
    await wait(pause);
  }
  throw failure;
}
