import type { StateKeeper } from "@headgate/connectors";
import { claimOwnState, holdsOwnState, saveOwnState, type ClaimedRun, type Store } from "@headgate/store";

/** Keeps the state of a run's flow in our own store, for a destination that may not keep it. */
export function keepOwnState({ db }: Store, run: Pick<ClaimedRun, "flowId" | "epoch">): StateKeeper {
  return {
    claim: () => claimOwnState(db, run),
    holds: (seq) => holdsOwnState(db, run, seq),
    save: (seq, state) => saveOwnState(db, run, seq, state),
  };
}
