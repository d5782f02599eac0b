import type { RejectedRow } from "@headgate/contract";
import { runFailureCopy } from "../../lib/messages.ts";

/** What the destination had against a row, in a few words. */
export function whatIsWrong({ code, column, constraint }: RejectedRow): string {
  const facts = { ...(column && { column }), ...(constraint && { constraint }) };
  return runFailureCopy({ origin: "destination", kind: "settings", code, facts, detail: "", retryable: false }).title;
}
