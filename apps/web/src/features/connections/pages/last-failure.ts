import type { CheckFailure, Connection } from "@headgate/contract";

/** Why the last test of these very details failed; undefined when it did not, or there was none. */
export function lastFailure({ lastCheck, revision }: Connection): CheckFailure | undefined {
  if (lastCheck?.status !== "failed" || lastCheck.revision !== revision) return undefined;
  const { stage = "sign_in", code = "unexpected", facts = {}, detail = "" } = lastCheck;
  return { stage, code, facts, detail };
}
