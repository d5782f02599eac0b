import type { Confirmation, Stream, TableName } from "@headgate/contract";
import type { Session } from "../../session.ts";
import type { ColumnPlan } from "../column-plan.ts";
import type { KeySum } from "../key-hashes/key-sum.ts";
import type { LineWatch } from "../line-watch.ts";
import type { RejectLog } from "../rejects/reject-log.ts";
import type { CopyTally } from "../copy-rows.ts";
import type { Side } from "../run-failures.ts";
import type { UndoLog } from "../undo/undo-log.ts";

/** What became of the rows at the destination; with the rows that were read it is the receipt. */
export type Counts = {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly deleted: number;
};

export const nothingDone: Counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, deleted: 0 };

/** Lets the rows flow into `into` (a table with its column list) and says what both sides counted. */
export type Transfer = (into: string, options?: { readonly frozen: boolean }) => Promise<CopyTally>;

/** The source's side, for a writer that looks at it before any row travels. Its snapshot stays until `end`. */
export type Reading = {
  readonly session: Session;
  readonly kind: Stream["kind"];
  /** All rows of this run, with the mapped columns in their order. */
  readonly select: string;
  /** The same, and which transaction wrote each row; for tables only. */
  readonly marked: string;
  /** What stands after FROM in both. */
  readonly from: string;
  readonly watches: Readonly<Record<Side, LineWatch>>;
  readonly quietMs: number;
  /** Whatever fails in here is the source's fault. */
  readonly at: <T>(work: () => Promise<T>) => Promise<T>;
  readonly onRows: (rows: number, bytes: number) => void;
  /** Lets the rows of another SELECT flow. */
  readonly copy: (select: string, into: string) => Promise<CopyTally>;
  readonly end: () => Promise<void>;
};

export type WriteJob = {
  /** Where refused rows are set aside. Absent: the first one ends the run. */
  readonly rejects: RejectLog | undefined;
  readonly flowId: string;
  /** What a person said yes to when an earlier run asked. */
  readonly confirmation: Confirmation | undefined;
  /** How this run's question and source differ from what the destination remembers. */
  readonly past: { readonly sourceChanged: boolean; readonly questionChanged: boolean };
  /** Keeps rows as they were, where the flow's last run can be undone. */
  readonly undo: UndoLog | undefined;
  readonly session: Session;
  readonly table: TableName;
  readonly destination: Stream;
  readonly plan: ColumnPlan;
  readonly transfer: Transfer;
  readonly reading: Reading;
  /** What is known of the list of keys a mirror keeps, and what the next run shall know. */
  readonly keyList: {
    readonly known: KeySum | undefined;
    readonly remember: (sum: KeySum) => void;
    /** So many differing rows are gone after one by one in any case. */
    readonly diffRows: number;
  };
  /** The source itself keeps the keys of these rows apart and filled: they need not be looked at. */
  readonly keysProven: boolean;
  /** Waits until the page before is committed and locks the flow's state: before the first change to the table. */
  readonly turn: () => Promise<void>;
  /** Called when all rows have arrived and only the destination still works. */
  readonly onMerging: () => void;
};

export type Written = Counts & { readonly tally: CopyTally };
