import type { Receipt, RejectedRow } from "@headgate/contract";
import { emptyReceipt } from "@headgate/core";
import type { RejectCount } from "../rejects/reject-log.ts";
import { mostListed } from "../rules/check-rules.ts";
import type { Written } from "../writers/write-job.ts";

/** What a run has committed so far. */
export type Ledger = {
  /** The flow's number at the destination. */
  seq: string;
  receipt: Receipt;
  /** Rows this attempt set aside or left behind. */
  rejected: readonly RejectedRow[];
  readonly count: RejectCount;
  /** How many rows earlier attempts set aside in pages that stay. */
  readonly kept: number;
};

export function openLedger(seq: string, continued: Receipt | undefined, limit: number): Ledger {
  const receipt = continued ?? emptyReceipt;
  const kept = receipt.rejected + Math.min(receipt.invalid, mostListed);
  return { seq, receipt, rejected: [], count: { limit, rejected: receipt.rejected }, kept };
}

/** The receipt of one page. */
export function receiptOf({ tally, ...counts }: Written): Receipt {
  const { read, rejected, invalid = 0, bytes } = tally;
  return { ...emptyReceipt, ...counts, read: read + invalid, invalid, rejected, bytes };
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
