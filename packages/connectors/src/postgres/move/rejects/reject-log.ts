import type { RejectedRow, RunCode } from "@headgate/contract";
import { DatabaseError } from "pg";
import { ownFault } from "../run-failures.ts";
import { RunFault } from "../run-fault.ts";

/** The rows of one page that the destination refused and that were set aside. */
export type RejectLog = {
  readonly rows: readonly RejectedRow[];
  /** Notes a row by its key, as PostgreSQL writes a row. Throws `too_many_rejected` beyond the limit. */
  add(key: string, refusal: unknown): void;
};

export type RejectCount = {
  readonly limit: number;
  /** Refused rows of all pages of the run so far. */
  rejected: number;
};

/** `judge` says in our words what the destination's refusal means. */
export function openRejectLog(count: RejectCount, judge: (refusal: unknown) => RunFault): RejectLog {
  const { limit } = count;
  const rows: RejectedRow[] = [];
  return {
    rows,
    add: (key, refusal) => {
      const { code, facts } = judge(refusal).failure;
      rows.push({ key, code, column: facts["column"] ?? null, constraint: facts["constraint"] ?? null });
      count.rejected += 1;
      if (count.rejected <= limit) return;
      throw ownFault(
        "destination",
        { code: "too_many_rejected", kind: "settings" },
        { ...facts, limit: String(limit) },
      );
    },
  };
}

const refusals: readonly RunCode[] = [
  "value_repeated",
  "value_required",
  "value_refused",
  "value_too_long",
  "value_out_of_range",
  "value_wrong_type",
  "reference_missing",
];

/** Whether a run, or a page of it, ended because of what rows hold, so that another try with care may set them aside. */
export function isRefused(error: unknown): boolean {
  return error instanceof RunFault && error.failure.origin === "destination" && refusals.includes(error.failure.code);
}

/**
 * Whether the destination refused what a row holds (22: a value, 23: a rule of the table, P0: a trigger), so that the
 * others may go on without it.
 */
export function isRowRefusal(error: unknown): boolean {
  return error instanceof DatabaseError && /^(?:22|23|P0)/.test(error.code ?? "");
}
