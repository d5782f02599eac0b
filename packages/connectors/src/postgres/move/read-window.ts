import { createHash } from "node:crypto";
import type { Stream, TableName } from "@headgate/contract";
import { marksChanges, writeModeRules } from "@headgate/core";
import { z } from "zod";
import { tableFacts } from "../catalog/find-stream.ts";
import { relationFacts } from "../relation/relation-sql.ts";
import type { Session } from "../session.ts";
import type { MovePlan } from "./column-plan.ts";
import { ownFault } from "./run-failures.ts";
import { keySumSchema } from "./key-hashes/key-sum.ts";
import { isSameSource, readIdentity, type SourceIdentity } from "./source-identity.ts";
import { isTellable, xminCondition, type Transactions } from "./xmin-window.ts";

/** How far a flow has read its source. The destination keeps it beside the rows (reliability §4.2). */
export const positionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("xmin"),
    /** Everything below this transaction number was read. */
    settled: z.string().regex(/^\d{1,20}$/),
    /** What was read into what, as a digest: another question starts from the beginning. */
    question: z.string(),
  }),
  z.object({
    kind: z.literal("loading"),
    /** Rows older than this are read in pages; what came since follows as a window. */
    settled: z.string().regex(/^\d{1,20}$/),
    /** The first block that was not read, of the table and of each of its partitions. */
    next: z.int().min(0),
    /** The file of each by its number: in a file that was written anew, rows stand elsewhere. */
    files: z.record(z.string(), z.string()),
    question: z.string(),
  }),
  /** Every run reads all rows. */
  z.object({ kind: z.literal("all"), question: z.string(), keys: keySumSchema.optional() }),
  /** The same, and some pages of an unfinished run are there already; the next one goes over them again. */
  z.object({ kind: z.literal("part"), question: z.string() }),
]);
export type Position = z.infer<typeof positionSchema>;
export type Loading = Extract<Position, { kind: "loading" }>;

export type ReadWindow = {
  /** SQL condition on the source's rows; absent: all rows. */
  readonly where: string | undefined;
  readonly position: Position;
  readonly identity: SourceIdentity;
  /** How this run differs from what the destination remembers. */
  readonly past: { readonly sourceChanged: boolean; readonly questionChanged: boolean };
  /** All rows of before the first window have to be read, which an earlier run or attempt may have begun. */
  readonly load: { readonly begun: Loading | undefined } | undefined;
};

export type Remembered = { readonly position: Position | null; readonly identity: SourceIdentity | null };

/**
 * Chooses the rows of this run, inside the snapshot that reads them. Modes with a key read what may still change again,
 * which costs nothing; append waits until it is settled, so that each version of a row arrives once.
 */
export async function openWindow(
  session: Session,
  plan: MovePlan,
  stream: Stream,
  remembered: Remembered,
): Promise<ReadWindow> {
  const identity = await readIdentity(session, stream);
  const question = questionOf(plan);
  const past = {
    sourceChanged: remembered.identity !== null && !isSameSource(remembered.identity, identity),
    questionChanged: remembered.position !== null && remembered.position.question !== question,
  };
  if (plan.readMode === "full" || !marksChanges(stream.kind))
    return { where: undefined, position: { kind: "all", question }, identity, past, load: undefined };

  const now = await readTransactions(session);
  const position: Position = { kind: "xmin", settled: now.settled, question };
  const start = startOf(remembered, past, now, plan);
  const from = start?.kind === "xmin" ? start.settled : undefined;
  const load = start?.kind === "xmin" ? undefined : { begun: start };
  const keyed = writeModeRules[plan.writeMode].needsSyncKey;
  if (keyed && from === undefined) return { where: undefined, position, identity, past, load };
  const to = keyed ? now.next : now.settled;
  return { where: xminCondition({ from, to }, now), position, identity, past, load };
}

/** The condition on rows that were settled when a load began. Throws where that can no longer be told. */
export async function settledCondition(session: Session, settled: string, table: TableName): Promise<string> {
  const now = await readTransactions(session);
  if (isTellable(settled, now)) return xminCondition({ from: undefined, to: settled }, now);
  throw ownFault("source", { code: "source_changed", kind: "settings" }, tableFacts(table));
}

/** Where the last run ended, or nothing where all rows have to be read. Throws where reading again would repeat rows. */
function startOf(
  { position }: Remembered,
  { sourceChanged, questionChanged }: ReadWindow["past"],
  now: Transactions,
  plan: MovePlan,
): Extract<Position, { kind: "xmin" | "loading" }> | undefined {
  if ((position?.kind !== "xmin" && position?.kind !== "loading") || questionChanged) return undefined;
  if (!sourceChanged && isTellable(position.settled, now)) return position;
  if (writeModeRules[plan.writeMode].needsSyncKey) return undefined;
  throw ownFault("source", { code: "source_changed", kind: "settings" }, relationFacts(plan.source));
}

/** The numbers of this very snapshot. */
async function readTransactions(session: Session): Promise<Transactions> {
  const [row] = await session.query<Transactions>(
    `select pg_catalog.pg_snapshot_xmin(s)::text as settled, pg_catalog.pg_snapshot_xmax(s)::text as next
       from pg_catalog.pg_current_snapshot() as s`,
  );
  if (!row) throw ownFault("source", { code: "unexpected", kind: "bug" }, {});
  return row;
}

/** With other columns or another destination, rows read before have to be read again; append goes on where it is. */
function questionOf({ source, destination, fields, syncKey, writeMode }: MovePlan): string {
  const keyed = writeModeRules[writeMode].needsSyncKey;
  const relation = "table" in source ? source.table : source.query;
  const asked = [relation, destination.table, writeMode, syncKey, keyed ? fields : []];
  return createHash("sha256").update(JSON.stringify(asked)).digest("base64url");
}
