/** The most telling of several errors comes last: a closed port beats silence, and silence a missing route. */
const byWeight = ["ETIMEDOUT", "ECONNRESET", "ECONNREFUSED"];

/** The code of the operating system, OpenSSL or PostgreSQL; empty where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Of two failures the one that says more about the other side. */
export function moreTelling(one: unknown, other: unknown): unknown {
  return one === undefined || weight(other) > weight(one) ? other : one;
}

/** Node bundles what happened at several addresses into one error without words; this is what it holds. */
export function unwrapError(error: unknown): unknown {
  if (!(error instanceof AggregateError) || error.errors.length === 0) return error;
  return error.errors.map(unwrapError).reduce(moreTelling);
}

function weight(error: unknown): number {
  return byWeight.indexOf(codeOf(error));
}
