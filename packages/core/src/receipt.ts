import type { Receipt, SinkKind } from "@headgate/contract";

/** The receipt of a run that found nothing. */
export const emptyReceipt: Receipt = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  invalid: 0,
  rejected: 0,
  deleted: 0,
  bytes: 0,
};

/** Whether every row that was read is accounted for (design §7); deleted rows stand beside the sum. */
export function receiptBalances(receipt: Receipt): boolean {
  return receipt.read === receiptSum(receipt);
}

/** Rows the receipt can account for. */
export function receiptSum(receipt: Receipt): number {
  const { created, updated, unchanged, skipped, invalid, rejected } = receipt;
  return created + updated + unchanged + skipped + invalid + rejected;
}

/** What a row that the destination did not have before is called there. */
export const arrivedWords: Readonly<Record<SinkKind, string>> = {
  postgres: "new",
  events: "sent",
  webhook: "sent",
  files: "written",
};

const words = [
  ["created", "new"],
  ["updated", "changed"],
  ["unchanged", "the same"],
  ["skipped", "skipped"],
  ["invalid", "not valid"],
  ["rejected", "set aside"],
] as const satisfies readonly (readonly [keyof Receipt, string])[];

/** A receipt as one sentence, for example `1,204 rows read: 1,200 new, 4 changed`. */
export function describeReceipt(receipt: Receipt, kind: SinkKind = "postgres"): string {
  const parts = words
    .filter(([name]) => receipt[name] > 0)
    .map(([name, word]) => `${figure(receipt[name])} ${name === "created" ? arrivedWords[kind] : word}`);
  const read = `${figure(receipt.read)} ${receipt.read === 1 ? "row" : "rows"} read`;
  const deleted = receipt.deleted > 0 ? `; ${figure(receipt.deleted)} deleted` : "";
  return parts.length === 0 ? `${read}${deleted}` : `${read}: ${parts.join(", ")}${deleted}`;
}

function figure(count: number): string {
  return count.toLocaleString("en-US");
}
