import type { FlowDefinition, Stream } from "@headgate/contract";
import { changesOf, marksChanges } from "@headgate/core";
import { z } from "zod";
import { tableFacts } from "../postgres/catalog/find-stream.ts";
import { ownFault } from "../postgres/move/run-failures.ts";
import { isSameSource, readIdentity, sourceIdentitySchema } from "../postgres/move/source-identity.ts";
import { isTellable, readTransactions, xminCondition, type Transactions } from "../postgres/move/xmin-window.ts";
import type { Session } from "../postgres/session.ts";
import type { Begun } from "./delivery-ledger.ts";

const transaction = z.string().regex(/^\d{1,20}$/);

/** Where reading stands between runs: everything below this transaction number was read. */
export const sentPositionSchema = z.object({ settled: transaction.nullable(), identity: sourceIdentitySchema });
export type SentPosition = z.infer<typeof sentPositionSchema>;

/** The bounds of one run, which all its attempts share. */
export const readingSchema = z.object({
  all: z.boolean(),
  from: transaction.nullable(),
  to: transaction,
  identity: sourceIdentitySchema,
});
export type Reading = z.infer<typeof readingSchema>;

export type SentWindow = {
  /** SQL condition on the source's rows; absent: all of them. */
  readonly where: string | undefined;
  readonly reading: Reading;
  readonly next: string;
  /** The position once all of it is delivered. */
  readonly position: SentPosition;
};

/**
 * Chooses the rows of this run inside its snapshot: each settled version of a row once, or all rows. Another attempt
 * keeps the bounds of the one before, so that what was planned means the same rows.
 */
export async function openSentWindow(
  session: Session,
  definition: Pick<FlowDefinition, "readMode" | "changes">,
  stream: Stream,
  begun: Begun,
): Promise<SentWindow> {
  const identity = await readIdentity(session, stream);
  const now = await readTransactions(session);
  const earlier = readingSchema.nullable().parse(begun.reading ?? null);
  if (earlier && !isSameSource(earlier.identity, identity)) throw changedSource(stream);
  const reading = earlier ?? { ...begin(definition, stream, begun, now, identity), identity };
  const from = reading.from ?? undefined;
  if (!isTellable(from ?? reading.to, now)) throw changedSource(stream);
  const settled = marksChanges(stream.kind) ? reading.to : null;
  return {
    where: reading.all ? undefined : xminCondition({ from, to: reading.to }, now),
    reading,
    next: now.next,
    position: { settled, identity },
  };
}

function begin(
  definition: Pick<FlowDefinition, "readMode" | "changes">,
  stream: Stream,
  { position }: Begun,
  now: Transactions,
  identity: SentPosition["identity"],
): Omit<Reading, "identity"> {
  const to = now.settled;
  if (changesOf(definition, stream.kind)?.by !== "xmin") return { all: true, from: null, to };
  const last = sentPositionSchema.nullable().parse(position ?? null);
  if (!last || last.settled === null) return { all: false, from: null, to };
  if (!isSameSource(last.identity, identity) || !isTellable(last.settled, now)) throw changedSource(stream);
  return { all: false, from: last.settled, to };
}

/** After a restore transaction numbers mean something else, and reading all again would send every row twice. */
function changedSource(stream: Stream): Error {
  return ownFault("source", { code: "source_changed", kind: "settings" }, tableFacts(stream));
}
