import type { Receipt } from "@headgate/contract";
import { describe, expect, test } from "vitest";
import { describeReceipt, emptyReceipt, receiptBalances } from "./receipt.ts";

const receipt = (counts: Partial<Receipt>): Receipt => ({ ...emptyReceipt, ...counts });

describe("a receipt", () => {
  test("balances when every row read is accounted for; deleted rows stand beside", () => {
    expect(receiptBalances(receipt({}))).toBe(true);
    expect(
      receiptBalances(receipt({ read: 10, created: 4, updated: 1, unchanged: 2, skipped: 1, invalid: 1, rejected: 1 })),
    ).toBe(true);
    expect(receiptBalances(receipt({ read: 10, created: 10, deleted: 3 }))).toBe(true);
    expect(receiptBalances(receipt({ read: 10, created: 9 }))).toBe(false);
    expect(receiptBalances(receipt({ read: 9, created: 10 }))).toBe(false);
  });

  test.each([
    [{}, "0 rows read"],
    [{ read: 1, created: 1 }, "1 row read: 1 new"],
    [{ read: 1204, created: 1200, updated: 4 }, "1,204 rows read: 1,200 new, 4 changed"],
    [{ read: 5, unchanged: 5 }, "5 rows read: 5 the same"],
    [{ read: 3, created: 1, rejected: 2, deleted: 7 }, "3 rows read: 1 new, 2 set aside; 7 deleted"],
  ])("%j is told as %j", (counts, words) => {
    expect(describeReceipt(receipt(counts))).toBe(words);
  });
});
