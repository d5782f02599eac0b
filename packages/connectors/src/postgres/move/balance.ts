import type { Receipt } from "@headgate/contract";
import { receiptBalances } from "@headgate/core";
import { ownFault } from "./run-failures.ts";

/** A run whose receipt does not balance has failed, whatever the servers said (design §7). */
export function requireBalance(receipt: Receipt): void {
  if (receiptBalances(receipt)) return;
  const facts = Object.fromEntries(Object.entries(receipt).map(([name, value]) => [name, String(value)]));
  throw ownFault("flow", { code: "receipt_unbalanced", kind: "bug" }, facts);
}
