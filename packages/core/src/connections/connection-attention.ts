import type { Connection, ConnectionAttention } from "@headgate/contract";
import { expiryWarnings } from "./expiry-warnings.ts";

type Facts = Pick<Connection, "lastCheck" | "revision" | "expiries">;

/**
 * Why somebody should look at a connection, the worst first; empty when it is well. A check of older details says
 * nothing about the present ones.
 */
export function connectionAttention(facts: Facts, now: Date): ConnectionAttention[] {
  const warnings = expiryWarnings(facts, now).map((warning) => ({ reason: "expiry", warning }) as const);
  const failure = currentFailure(facts);
  if (!failure) return warnings;
  if (failure.code === "secret_unreadable") return [{ reason: "secret_unreadable" }, ...warnings];
  return [{ reason: "check_failed", code: failure.code }, ...warnings];
}

/** Whether something is broken now, and not only about to be. */
export function isBroken(attention: readonly ConnectionAttention[]): boolean {
  return attention.some((one) => one.reason !== "expiry" || one.warning.level === "expired");
}

function currentFailure({ lastCheck, revision }: Facts) {
  if (lastCheck?.status !== "failed" || lastCheck.revision !== revision) return undefined;
  // Every failure that is stored has a code; a document from elsewhere may lack it.
  return { code: lastCheck.code ?? ("unexpected" as const) };
}
