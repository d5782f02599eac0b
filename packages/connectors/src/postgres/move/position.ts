import type { RejectedRow } from "@headgate/contract";
import { z } from "zod";
import { keySumSchema } from "./key-hashes/key-sum.ts";
import type { SourceIdentity } from "./source-identity.ts";

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
  /** Rows that were to be tried again and that the source does not have. */
  readonly missing: readonly RejectedRow[];
};

export type Remembered = { readonly position: Position | null; readonly identity: SourceIdentity | null };
