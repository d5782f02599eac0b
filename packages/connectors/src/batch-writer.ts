import type { DeliveryCode, RowFaultCode } from "@headgate/contract";

/** A row as PostgreSQL wrote it: a text or null for every column, in the order of `Columns`. */
export type TextRow = readonly (string | null)[];

export type Column = { readonly name: string; readonly typeName: string };

/** Rows on their way to a destination other than PostgreSQL. */
export type RowBatch = {
  /** Counts up from 0; reading the same rows again cuts them into the same batches. */
  readonly seq: number;
  readonly rows: readonly TextRow[];
  /** For each row a text that changes whenever the row does: its xmin and epoch, or the text of its cursor. */
  readonly versions: readonly string[];
  /** Where reading stands after these rows; writers hand it back and never look into it. */
  readonly position: string;
  /** The same rows as they came, where they did; then `rows` and `versions` are taken apart only when asked for. */
  readonly lines?: CopyLines;
};

/** Lines of COPY's text format (UTF-8), whole ones in every piece; behind the columns of a row stands its version as one value more. */
export type CopyLines = { readonly pieces: readonly Buffer[]; readonly count: number };

/** Bytes the source has formatted itself as the file wants them: nobody in between looks at a value. */
export type ReadyBatch = Pick<RowBatch, "seq" | "position"> & {
  readonly bytes: Uint8Array;
  /** Rows that end in these bytes, as far as is known; the last batch makes the sum right. */
  readonly ready: number;
};

/** What is about to be sent, worth writing down first: after a crash nobody knows how much of it has arrived. */
export type BatchPlan = {
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  /** SHA-256 of what makes the batch itself, in hexadecimal: the ids of its events, or its rows. */
  readonly sha256: string;
};

/** A row that stays behind while the others go on. The sentence is ours and holds no values. */
export type RejectedRow = {
  /** The key's values as a JSON list; the row's place where there is no key. */
  readonly key: string;
  readonly column?: string;
  readonly code: RowFaultCode;
  readonly sentence: string;
};

/** One batch is safe at the destination; they come in the order of `seq`. */
export type Acknowledgement = {
  readonly seq: number;
  readonly position: string;
  readonly delivered: number;
  readonly rejected: readonly RejectedRow[];
};

export type WriterOrder = {
  readonly flowId: string;
  readonly runId: string;
  readonly columns: readonly Column[];
  /** Columns that tell rows apart; empty where nothing does. */
  readonly key: readonly string[];
  /** Where reading began. */
  readonly from: string;
  readonly signal: AbortSignal;
  /** Rows that may be rejected before the whole run counts as failed. */
  readonly rejectLimit: number;
  /** Waited for before the first byte of a batch is sent. */
  readonly onPlanned?: (plan: BatchPlan) => Promise<void>;
};

/**
 * Takes rows to one destination and tells what has arrived. Writing the same batches again changes nothing at a
 * destination that remembers ids, or replaces its own file. Throws a `WriterFault`, or the signal's reason.
 */
export type BatchWriter<Batch = RowBatch> = (batches: AsyncIterable<Batch>) => AsyncIterable<Acknowledgement>;

/** Why writing stopped. `settings`: someone must change something. `temporary`: trying again helps. */
export class WriterFault extends Error {
  override readonly name = "WriterFault";
  readonly code: DeliveryCode;
  readonly kind: "settings" | "temporary";
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: DeliveryCode, kind: WriterFault["kind"], facts: Readonly<Record<string, string>>, cause?: unknown) {
    super(`destination: ${code}`, { cause });
    this.code = code;
    this.kind = kind;
    this.facts = facts;
  }
}
