import type { Session } from "../session.ts";
import { ownFault } from "./run-failures.ts";

/** A row's xmin is 32 bits of a 64-bit transaction number; positions keep all 64. */
const wrap = 4_294_967_296n;
/** Beyond half the circle, old cannot be told from new. */
const tellable = wrap / 2n;

export type Transactions = {
  /** Every transaction below this number has ended. */
  readonly settled: string;
  /** No transaction from this number on has begun. */
  readonly next: string;
};

/** The numbers of this very snapshot, and when it was taken by the server's clock. */
export async function readTransactions(session: Session): Promise<Transactions & { readonly at: string }> {
  const [row] = await session.query<Transactions & { readonly at: string }>(
    `select pg_catalog.pg_snapshot_xmin(s)::text as settled, pg_catalog.pg_snapshot_xmax(s)::text as next,
            pg_catalog.to_char(current_timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
       from pg_catalog.pg_current_snapshot() as s`,
  );
  if (!row) throw ownFault("source", { code: "unexpected", kind: "bug" }, {});
  return row;
}

/** Which row versions to read: those written from `from` on, up to (not including) `to`. Absent `from`: all older ones too. */
export type XminWindow = { readonly from: string | undefined; readonly to: string };

/** Whether a window can be told by 32-bit numbers: less than half the circle lies between (V38). */
export function isTellable(from: string, now: Transactions): boolean {
  const gap = BigInt(now.next) - BigInt(from);
  return gap >= 0n && gap < tellable;
}

/**
 * The condition on a row for a window, by subtraction that wraps (V20, V38). Numbers 0 to 2 are PostgreSQL's own marks
 * for rows written before anybody can remember.
 */
export function xminCondition({ from, to }: XminWindow, now: Transactions): string {
  const number = "(xmin::text::bigint)";
  const since = (start: string): string => `pg_catalog.mod(${number} - ${BigInt(start) % wrap} + ${wrap}, ${wrap})`;
  if (from !== undefined) return `${number} > 2 and ${since(from)} < ${BigInt(to) - BigInt(from)}`;
  const unsettled = BigInt(now.next) - BigInt(to);
  return `(${number} <= 2 or ${since(to)} >= ${unsettled})`;
}
