import type { Connection } from "@headgate/contract";
import { formatRelative } from "../../lib/format/time.ts";
import { formCopy } from "./form/copy.ts";

/** How the last test of a connection went, as far as it still counts. */
export function lastTest({ lastCheck, revision }: Pick<Connection, "lastCheck" | "revision">): string {
  if (!lastCheck || lastCheck.revision !== revision) return formCopy.neverTested;
  const ago = formatRelative(new Date(lastCheck.at), new Date());
  return lastCheck.status === "succeeded" ? formCopy.tested(ago) : formCopy.failedTest(ago);
}

/** Whether the connection passed its last check as it is now. */
export function worked({ lastCheck, revision }: Pick<Connection, "lastCheck" | "revision">): boolean {
  return lastCheck?.status === "succeeded" && lastCheck.revision === revision;
}
