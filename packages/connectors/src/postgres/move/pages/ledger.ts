import type { Receipt, RejectedRow } from "@headgate/contract";
import { emptyReceipt } from "@headgate/core";
import type { RejectCount } from "../rejects/reject-log.ts";
import type { Written } from "../writers/write-job.ts";

/** What a run has committed so far. */
export type Ledger = {
  /** The flow's number at the destination. */
  seq: string;
  receipt: Receipt;
  /** Rows this attempt set aside. */
  rejected: readonly RejectedRow[];
  readonly count: RejectCount;
  /** How many rows earlier attempts set aside in pages that stay. */
  readonly kept: number;
};

export function openLedger(seq: string, continued: Receipt | undefined, limit: number): Ledger {
  const receipt = continued ?? emptyReceipt;
  const kept = receipt.rejected;
  return { seq, receipt, rejected: [], count: { limit, rejected: kept }, kept };
}

/** The receipt of one page. */
export function receiptOf({ tally, ...counts }: Written): Receipt {
  return { ...emptyReceipt, ...counts, read: tally.read, rejected: tally.rejected, bytes: tally.bytes };
}

export function addReceipts(one: Receipt, other: Receipt): Receipt {
  return {
    read: one.read + other.read,
    created: one.created + other.created,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    skipped: one.skipped + other.skipped,
    invalid: one.invalid + other.invalid,
    rejected: one.rejected + other.rejected,
    deleted: one.deleted + other.deleted,
    bytes: one.bytes + other.bytes,
  };
}
