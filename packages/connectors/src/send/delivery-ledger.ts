import type { RejectedRow } from "@headgate/contract";
import type { BatchPlan } from "../batch-writer.ts";

/** What is known of a flow's deliveries when a run begins. */
export type Begun = {
  /** Where the last finished run ended reading; a document of `sentPositionSchema`. */
  readonly position: unknown;
  /** The bounds that an earlier attempt of this very run chose; a document of `readingSchema`. */
  readonly reading: unknown;
  /** An earlier attempt of this run had finished already. */
  readonly finished: boolean;
  /** What earlier attempts of this run have brought for certain. */
  readonly acknowledged: {
    readonly batches: number;
    readonly position: string;
    readonly delivered: number;
    readonly rejected: number;
  };
};

export type Settled = {
  readonly seq: number;
  readonly position: string;
  readonly delivered: number;
  readonly rejected: number;
};

/**
 * The state of a flow whose destination keeps none for it. Everything but `begin` throws `LedgerLost` once a later
 * attempt has begun, so that a worker that woke up too late can neither plan nor acknowledge.
 */
export type DeliveryLedger = {
  begin(): Promise<Begun>;
  /** Forgets what earlier attempts of this run have planned and brought: all of it is done again. */
  restart(): Promise<void>;
  keepReading(reading: object): Promise<void>;
  /** Written down before the first byte of a batch is sent. */
  plan(plan: BatchPlan): Promise<void>;
  acknowledge(settled: Settled): Promise<void>;
  finish(position: object): Promise<void>;
};

/** A later attempt has taken over. */
export class LedgerLost extends Error {
  override readonly name = "LedgerLost";
}

/** Keeps the rows that were set aside; those before `kept` come from earlier attempts. */
export type KeepRejected = (rows: readonly RejectedRow[], kept: number) => Promise<void>;
