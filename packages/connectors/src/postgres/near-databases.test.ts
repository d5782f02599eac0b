import { expect, it } from "vitest";
import { nearest } from "./near-databases.ts";

const names = ["shop", "shop_test", "warehouse", "postgres", "Reports"];

it.each([
  ["shopp", ["shop"]],
  ["SHOP", ["shop"]],
  ["reports", ["Reports"]],
  ["warehose", ["warehouse"]],
  ["shop_tset", ["shop_test"]],
  ["crm", []],
])("%s resembles %j", (wanted, expected) => {
  expect(nearest(wanted, names)).toEqual(expected);
});

it("names at most three", () => {
  expect(nearest("db", ["db1", "db2", "db3", "db4"])).toHaveLength(3);
});
