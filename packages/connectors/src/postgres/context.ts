import type { EgressGate } from "../net/egress-gate.ts";

/** Waiting times in milliseconds, and a size. */
export type Limits = {
  /** For each of: reaching the port, encryption, signing in. */
  readonly connectMs: number;
  /** A whole connection check, whatever its stages take. */
  readonly checkMs: number;
  /** One statement of a check, a catalog read or a preview. */
  readonly statementMs: number;
  /** Counting for a dry run. */
  readonly dryRunMs: number;
  /** The destination takes no byte while rows should flow: the line is taken for dead (V29). */
  readonly stallMs: number;
  /** A source that had begun to send sends nothing more; longer, because a query may rightly pause. */
  readonly quietMs: number;
  /** Waiting for a lock somebody else holds on a table. */
  readonly lockMs: number;
  /** So many differing rows a mirror goes after one by one in any case; beyond, up to a fifth of all rows. */
  readonly diffRows: number;
  /** Up to so many rows a run of added rows never looks unusual. */
  readonly unusualRows: number;
  /** Rows that are committed together where a run need not be all or nothing, by their size in the source's files. */
  readonly pageBytes: number;
};

export const defaultLimits: Limits = {
  connectMs: 10_000,
  checkMs: 15_000,
  statementMs: 10_000,
  dryRunMs: 120_000,
  stallMs: 120_000,
  quietMs: 600_000,
  lockMs: 5_000,
  diffRows: 10_000,
  unusualRows: 10_000,
  // About 50,000 rows of the bench's table.
  pageBytes: 16_777_216,
};

/** What every verb of this connector needs: the gate it may leave through and the signal that stops it. */
export type PostgresContext = {
  readonly gate: EgressGate;
  readonly signal: AbortSignal;
  readonly limits?: Partial<Limits>;
  /** Headgate runs in a container, so `localhost` is not the machine a person means. */
  readonly inContainer?: boolean;
  /** Where tokens come from in place of Microsoft, for tests. */
  readonly entraAuthority?: { readonly origin: string; readonly caCertificate: string };
};

export function limitsOf(context: PostgresContext): Limits {
  return { ...defaultLimits, ...context.limits };
}
