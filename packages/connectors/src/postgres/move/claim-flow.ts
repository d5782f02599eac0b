import { setTimeout as wait } from "node:timers/promises";
import type { Session } from "../session.ts";
import { beginDestination } from "../settled.ts";
import {
  claimEpoch,
  endHolder,
  ensureFlowState,
  stateSchema,
  takenOver,
  type Claim,
  type FlowState,
} from "./flow-state.ts";
import { endLockHolder, lockFlow } from "./kept-outside/flow-lock.ts";

const attempts = 5;
const shortLockMs = 1_000;

/** Claims the flow where its state is kept, ending the session of an earlier attempt that will not let go. */
export async function claimFlow(session: Session, claim: Claim): Promise<FlowState> {
  const { keeper, flowId } = claim;
  if (!keeper) {
    await ensureFlowState(session);
    const end = (): Promise<void> => endHolder(session, claim);
    return insist(session, { work: () => claimEpoch(session, claim), end });
  }
  const state = await keeper.claim();
  if (state === undefined) throw takenOver();
  // Nobody else may write from now on; this also waits until nobody else does.
  await insist(session, { work: () => lockFlow(session, flowId), end: () => endLockHolder(session, flowId) });
  return stateSchema.parse(state);
}

type Insistence<T> = { readonly work: () => Promise<T>; readonly end: () => Promise<void> };

/** Does the work in a transaction of its own; while somebody else's lock is in the way, ends that session. */
async function insist<T>(session: Session, { work, end }: Insistence<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.execute(beginDestination(shortLockMs));
      const done = await work();
      await session.execute("commit");
      return done;
    } catch (error) {
      if (!isLocked(error) || attempt === attempts) throw error;
      await session.execute("rollback");
      await end();
      await wait(50 * attempt);
    }
  }
}

/** 55P03: somebody else holds the lock for longer than we wait. */
export function isLocked(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "55P03";
}
