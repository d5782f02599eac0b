import { createHash } from "node:crypto";
import type { Stream, TableName } from "@headgate/contract";
import { changesOf, marksChanges, writeModeRules } from "@headgate/core";
import { z } from "zod";
import { tableFacts } from "../catalog/find-stream.ts";
import { relationSql } from "../relation/relation-sql.ts";
import type { Session } from "../session.ts";
import type { MovePlan } from "./column-plan.ts";
import { ownFault } from "./run-failures.ts";
import { keySumSchema } from "./key-hashes/key-sum.ts";
import { differsInTimelineOnly, isSameSource, readIdentity, type SourceIdentity } from "./source-identity.ts";
import { isKeyed, markOf, type Asked, type Found, type WindowOptions } from "./windows/asked.ts";
import { compareWindow } from "./windows/compare-window.ts";
import { cursorWindow } from "./windows/cursor-window.ts";
import { markWindow, settledByAll } from "./windows/mark-window.ts";
import { isTellable, readTransactions, xminCondition } from "./xmin-window.ts";

const transaction = z.string().regex(/^\d{1,20}$/);
/** What was read into what, as a digest: another question starts from the beginning. */
const question = z.string();
/** The wish to read again that the run of this position obeyed. */
const reread = z.string().optional();

/** How far a flow has read its source. The destination keeps it beside the rows (reliability §4.2). */
export const positionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("xmin"),
    /** Everything below this transaction number was read. */
    settled: transaction,
    /** The highest value of the column that narrows, among rows below that number. */
    high: z.string().optional(),
    /** When that number was first met while a transaction held it back, by the source's clock. */
    since: z.iso.datetime().optional(),
    question,
    reread,
  }),
  z.object({
    kind: z.literal("loading"),
    /** Rows older than this are read in pages; what came since follows as a window. */
    settled: transaction,
    /** The first block that was not read, of the table and of each of its partitions. */
    next: z.int().min(0),
    /** The file of each by its number: in a file that was written anew, rows stand elsewhere. */
    files: z.record(z.string(), z.string()),
    question,
    reread,
  }),
  /** The highest value read, as PostgreSQL writes it; null where there was no row. */
  z.object({ kind: z.literal("cursor"), column: z.string(), value: z.string().nullable(), question, reread }),
  /** The list of hashes of all rows, and what they were made of and by. */
  z.object({ kind: z.literal("compare"), list: z.int(), columns: z.string(), hashing: z.string(), question, reread }),
  z.object({
    /** Every run reads all rows. */
    kind: z.literal("all"),
    keys: keySumSchema.optional(),
    /** Below this number all was read, so that the flow can later read only what is new. */
    settled: transaction.optional(),
    question,
    reread,
  }),
  /** The same, and some pages of an unfinished run are there already; the next one goes over them again. */
  z.object({ kind: z.literal("part"), question }),
]);
export type Position = z.infer<typeof positionSchema>;
export type Loading = Extract<Position, { kind: "loading" }>;

export type ReadWindow = {
  /** What stands after FROM, where it is not the table or query itself. */
  readonly from: string | undefined;
  /** SQL condition on the source's rows; absent: all rows. */
  readonly where: string | undefined;
  readonly position: Position;
  readonly identity: SourceIdentity;
  /** How this run differs from what the destination remembers. */
  readonly past: {
    readonly sourceChanged: boolean;
    /** The same table of the same server, behind a fail-over. */
    readonly onlyTimeline: boolean;
    readonly questionChanged: boolean;
  };
  /** All rows of before the first window have to be read, which an earlier run or attempt may have begun. */
  readonly load: { readonly begun: Loading | undefined } | undefined;
  /** Since when a transaction of somebody else has kept rows from being read. */
  readonly waitingSince: string | undefined;
};

export type Remembered = { readonly position: Position | null; readonly identity: SourceIdentity | null };

/**
 * Chooses the rows of this run, inside the snapshot that reads them. Throws `RunHeld` where reading again would repeat
 * rows and a person has to say so.
 */
export async function openWindow(
  session: Session,
  plan: MovePlan,
  stream: Stream,
  remembered: Remembered,
  options: WindowOptions = {},
): Promise<ReadWindow> {
  const identity = await readIdentity(session, stream);
  const question = questionOf(plan);
  const sourceChanged = remembered.identity !== null && !isSameSource(remembered.identity, identity);
  const past = {
    sourceChanged,
    onlyTimeline: sourceChanged && remembered.identity !== null && differsInTimelineOnly(remembered.identity, identity),
    questionChanged: remembered.position !== null && remembered.position.question !== question,
  };
  const from = relationSql(plan.source);
  const found = await findRows({ ...options, session, plan, stream, from, remembered, past, question });
  return { from: undefined, load: undefined, waitingSince: undefined, ...found, identity, past };
}

function findRows(asked: Asked): Promise<Found> {
  const changes = changesOf(asked.plan, asked.stream.kind);
  switch (changes?.by) {
    case "xmin":
      return markWindow(asked, changes);
    case "cursor":
      return cursorWindow(asked, changes);
    case "compare":
      return compareWindow(asked);
    case undefined:
      return allRows(asked);
  }
}

async function allRows(asked: Asked): Promise<Found> {
  const { session, plan, stream, from, question } = asked;
  const mayGoOn = !isKeyed(asked) && !writeModeRules[plan.writeMode].readsAll && marksChanges(stream.kind);
  const settled = mayGoOn ? await settledByAll(session, from) : undefined;
  return { where: undefined, position: { kind: "all", ...(settled && { settled }), question, ...markOf(asked) } };
}

/** The condition on rows that were settled when a load began. Throws where that can no longer be told. */
export async function settledCondition(session: Session, settled: string, table: TableName): Promise<string> {
  const now = await readTransactions(session);
  if (isTellable(settled, now)) return xminCondition({ from: undefined, to: settled }, now);
  throw ownFault("source", { code: "source_changed", kind: "settings" }, tableFacts(table));
}

/**
 * With other columns or another destination, rows read before have to be read again; append goes on where it is. How
 * changes are found is no part of it.
 */
function questionOf({ source, destination, fields, syncKey, writeMode }: MovePlan): string {
  const keyed = writeModeRules[writeMode].needsSyncKey;
  const relation = "table" in source ? source.table : source.query;
  const asked = [relation, destination.table, writeMode, syncKey, keyed ? fields : []];
  return createHash("sha256").update(JSON.stringify(asked)).digest("base64url");
}
