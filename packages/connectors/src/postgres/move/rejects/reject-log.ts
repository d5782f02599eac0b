import type { RejectedRow } from "@headgate/contract";
import { DatabaseError } from "pg";
import { ownFault } from "../run-failures.ts";
import type { RunFault } from "../run-fault.ts";

/** The rows of one run that the destination refused and that were set aside. */
export type RejectLog = {
  readonly rows: readonly RejectedRow[];
  /** Notes a row by its key, as PostgreSQL writes a row. Throws `too_many_rejected` beyond the limit. */
  add(key: string, refusal: unknown): void;
};

/** `judge` says in our words what the destination's refusal means. */
export function openRejectLog(limit: number, judge: (refusal: unknown) => RunFault): RejectLog {
  const rows: RejectedRow[] = [];
  return {
    rows,
    add: (key, refusal) => {
      const { code, facts } = judge(refusal).failure;
      rows.push({ key, code, column: facts["column"] ?? null, constraint: facts["constraint"] ?? null });
      if (rows.length <= limit) return;
      throw ownFault(
        "destination",
        { code: "too_many_rejected", kind: "settings" },
        { ...facts, limit: String(limit) },
      );
    },
  };
}

/**
 * Whether the destination refused what a row holds (22: a value, 23: a rule of the table, P0: a trigger), so that the
 * others may go on without it.
 */
export function isRowRefusal(error: unknown): boolean {
  return error instanceof DatabaseError && /^(?:22|23|P0)/.test(error.code ?? "");
}
