import type { Confirmation, Hold } from "@headgate/contract";

/** A run that must not go on before a person has said yes. Its transaction is rolled back. */
export class RunHeld extends Error {
  override readonly name = "RunHeld";
  readonly hold: Hold;
  constructor(hold: Hold) {
    super(`the run waits for a person: ${hold.reason}`);
    this.hold = hold;
  }
}

/** What is known when everything has arrived and nothing has been deleted yet. */
export type MirrorFacts = Pick<Hold, "destinationRows" | "created" | "updated" | "deleted" | "sampleKeys"> & {
  readonly arrived: number;
  /** No run of this flow has written down its keys yet. */
  readonly first: boolean;
  readonly sourceChanged: boolean;
  readonly questionChanged: boolean;
};

/** Anchors of G4: up to 20 rows or 15 % may go without a question, and never more than 10,000. */
const alwaysFine = 20;
const finePart = 0.15;
const neverFine = 10_000;

/** Throws `RunHeld` where a guard of reliability §4.5 asks for a person and none has said yes to that much. */
export function requireConsent(facts: MirrorFacts, confirmation: Confirmation | undefined): void {
  const reason = reasonToAsk(facts);
  if (reason === undefined) return;
  const { destinationRows, created, updated, deleted, sampleKeys } = facts;
  const agreed = confirmation?.reason === reason && deleted <= Math.floor(confirmation.deleted * 1.1);
  if (agreed) return;
  const confirmWith = String(deleted > 0 ? deleted : destinationRows);
  throw new RunHeld({ reason, destinationRows, created, updated, deleted, sampleKeys, confirmWith });
}

function reasonToAsk(facts: MirrorFacts): Hold["reason"] | undefined {
  const { destinationRows, deleted } = facts;
  if (facts.first && destinationRows > 0) return "first_on_filled";
  if (facts.arrived === 0 && deleted > 0) return "source_empty";
  if (facts.sourceChanged && deleted > 0) return "source_changed";
  if (facts.questionChanged && deleted > 0) return "question_changed";
  if (deleted > Math.max(alwaysFine, destinationRows * finePart) || deleted > neverFine) return "too_many_deletes";
  return undefined;
}
