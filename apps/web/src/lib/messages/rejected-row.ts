import { rowFaultCodes, type RejectedCode, type RejectedRow, type RowFaultCode } from "@headgate/contract";
import { runFailureCopy } from "../messages.ts";
import { rowFaultTitles } from "./delivery-codes.ts";

/** What the destination had against a row, in a few words. */
export function whatIsWrong({ code, column, constraint, sentence }: RejectedRow): string {
  if (isRowFault(code)) return sentence ?? rowFaultTitles[code];
  const facts = { ...(column && { column }), ...(constraint && { constraint }) };
  return runFailureCopy({ origin: "destination", kind: "settings", code, facts, detail: "", retryable: false }).title;
}

function isRowFault(code: RejectedCode): code is RowFaultCode {
  return (rowFaultCodes as readonly string[]).includes(code);
}
