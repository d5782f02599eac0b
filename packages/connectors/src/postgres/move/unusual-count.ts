import type { Confirmation } from "@headgate/contract";
import { RunHeld } from "./mirror-guards.ts";

/** So many times the usual number of rows looks like a source that was rewritten (V22). */
const manyTimes = 10;

export type CountFacts = {
  readonly rows: number;
  /** How many rows a run of this flow usually reads; undefined while too few have ended well. */
  readonly usual: number | undefined;
  /** Up to so many rows nobody is asked. */
  readonly alwaysFine: number;
};

/**
 * Throws `RunHeld` where far more rows count as new than ever: a table that was rewritten gives every row a new mark, and
 * where rows are only added nothing would take them back. A yes counts for that number and a tenth.
 */
export function requireUsualCount(
  { rows, usual, alwaysFine }: CountFacts,
  confirmation: Confirmation | undefined,
): void {
  if (!isUnusual(rows, usual, alwaysFine)) return;
  const agreed = confirmation?.reason === "unusual_count" ? (confirmation.created ?? 0) : 0;
  if (rows <= Math.floor(agreed * 1.1)) return;
  const none = { destinationRows: 0, updated: 0, deleted: 0, sampleKeys: [] };
  throw new RunHeld({ reason: "unusual_count", ...none, created: rows, usual, confirmWith: String(rows) });
}

function isUnusual(rows: number, usual: number | undefined, alwaysFine: number): boolean {
  return usual !== undefined && rows > alwaysFine && rows >= manyTimes * usual;
}
