import type { Receipt } from "@headgate/contract";
import type { Session } from "../../session.ts";
import * as inside from "../flow-state.ts";
import type { Remembered } from "../position.ts";
import { keepOutside, lockOutside } from "./outside-state.ts";

type Reached = Remembered & { readonly receipt: Receipt; readonly written: number };

/** Makes sure, wherever the state is kept, that nobody else writes for the flow until the transaction ends. */
export function lockState(session: Session, claim: inside.Claim, seq: string): Promise<void> {
  return claim.keeper ? lockOutside(session, claim.keeper, claim.flowId, seq) : inside.lockState(session, claim, seq);
}

/** Writes down how far this run has come, with the rows or right after them. Answers the flow's next number. */
export function saveState(session: Session, claim: inside.Claim, seq: string, reached: Reached): Promise<string> {
  if (!claim.keeper) return inside.saveState(session, claim, seq, reached);
  const { receipt, position, identity } = reached;
  return keepOutside(session, seq, { runId: claim.runId, receipt, position, identity });
}
