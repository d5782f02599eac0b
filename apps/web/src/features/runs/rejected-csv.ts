import type { RejectedRow } from "@headgate/contract";
import { whatIsWrong } from "../../lib/messages/rejected-row.ts";

/** Rejected rows as CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe in front (B190). */
export function rejectedCsv(rows: readonly RejectedRow[]): string {
  const lines = rows.map((row) => [row.key, row.column ?? "", row.constraint ?? "", whatIsWrong(row), row.code]);
  return [["row", "column", "rule", "reason", "code"], ...lines].map((line) => line.map(field).join(",")).join("\r\n");
}

function field(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
