import { setTimeout as wait } from "node:timers/promises";
import type { Session } from "../session.ts";
import { beginDestination } from "../settled.ts";
import { claimEpoch, endHolder, ensureFlowState, type Claim, type FlowState } from "./flow-state.ts";

const attempts = 5;
const shortLockMs = 1_000;

/** Claims the flow at the destination, ending the session of an earlier attempt that will not let go. */
export async function claimFlow(session: Session, claim: Claim): Promise<FlowState> {
  await ensureFlowState(session);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.execute(beginDestination(shortLockMs));
      const state = await claimEpoch(session, claim);
      await session.execute("commit");
      return state;
    } catch (error) {
      if (!isLocked(error) || attempt === attempts) throw error;
      await session.execute("rollback");
      await endHolder(session, claim);
      await wait(50 * attempt);
    }
  }
}

/** 55P03: somebody else holds the lock for longer than we wait. */
export function isLocked(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "55P03";
}
