import { setTimeout as wait } from "node:timers/promises";
import type { PostgresTarget } from "@headgate/core";
import type { PostgresContext } from "../../context.ts";
import { openSession } from "../../open-session.ts";
import type { Session } from "../../session.ts";
import { takenOver } from "../flow-state.ts";
import { RunFault } from "../run-fault.ts";
import { lockFlow } from "./flow-lock.ts";
import type { OutsideState, StateKeeper } from "./state-keeper.ts";

/** What a session will have written once it commits. */
type Pending = { readonly seq: string; readonly state: OutsideState; readonly transaction: string | null };
const pending = new WeakMap<Session, Pending>();

/** Our store may be away for a moment; what is not saved is sent again. In milliseconds. */
const savePauses = [100, 500, 2_000, 5_000];
/** The same for the destination after its line was cut. */
const askPauses = [100, 500, 2_000, 5_000, 10_000, 20_000];

/** Makes sure that nobody else writes for the flow until the transaction ends. */
export async function lockOutside(session: Session, keeper: StateKeeper, flowId: string, seq: string): Promise<void> {
  await lockFlow(session, flowId);
  if (!(await keeper.holds(seq))) throw takenOver();
}

/** Remembers what to write down once the session has committed; answers the flow's next number. */
export async function keepOutside(session: Session, seq: string, state: OutsideState): Promise<string> {
  const [row] = await session.query<{ transaction: string | null }>(
    "select pg_catalog.pg_current_xact_id_if_assigned()::text as transaction",
  );
  pending.set(session, { seq, state, transaction: row?.transaction ?? null });
  return (BigInt(seq) + 1n).toString();
}

/** Writes down what the session has committed. Throws when that cannot be done: then it will be sent again. */
export async function saveOutside(session: Session, keeper: StateKeeper): Promise<void> {
  const committed = pending.get(session);
  if (!committed) return;
  pending.delete(session);
  for (const pause of [...savePauses, undefined]) {
    try {
      if (!(await keeper.save(committed.seq, committed.state))) throw takenOver();
      return;
    } catch (error) {
      if (pause === undefined || error instanceof RunFault) throw error;
      await wait(pause);
    }
  }
}

/** Asks a new session what became of the transaction whose COMMIT was never answered. Throws when nobody answers. */
export async function wasCommitted(
  session: Session,
  target: PostgresTarget,
  context: PostgresContext,
): Promise<boolean> {
  const transaction = pending.get(session)?.transaction;
  if (!transaction) return false;
  let failure: unknown;
  for (const pause of askPauses) {
    const another = await openSession(target, { ...context, signal: AbortSignal.timeout(60_000) }).catch(
      (error: unknown) => {
        failure = error;
        return undefined;
      },
    );
    try {
      const query = "select pg_catalog.pg_xact_status($1::text::pg_catalog.xid8) as status";
      const [found] = (await another?.query<{ status: string | null }>(query, [transaction])) ?? [];
      if (found && found.status !== "in progress") return found.status === "committed";
    } catch (error) {
      failure = error;
    } finally {
      await another?.close();
    }
    await wait(pause);
  }
  throw failure ?? takenOver();
}
