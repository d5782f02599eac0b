import type { CheckFailure } from "@headgate/contract";
import { expect, test } from "vitest";
import { grantsToAsk } from "./grants-to-ask.ts";

const ask = (code: CheckFailure["code"], facts: Record<string, string>, stage: CheckFailure["stage"] = "table") =>
  grantsToAsk({ stage, code, facts }, "source");

test("each failure for want of a right asks for the rights on what it names", () => {
  const orders = { schema: "sales", table: "orders" };
  expect(ask("table_forbidden", orders)).toEqual({ role: "source", table: { schema: "sales", name: "orders" } });
  expect(ask("schema_forbidden", { schema: "sales" })).toEqual({ role: "source", table: { schema: "sales" } });
  expect(ask("database_forbidden", {})).toEqual({ role: "source", table: { schema: "public" } });
  expect(ask("no_tables", {})).toEqual({ role: "source", table: { schema: "public" } });
  expect(ask("table_forbidden", orders, "write")).toMatchObject({ role: "destination" });
  expect(ask("password_wrong", {}, "sign_in")).toBeUndefined();
});
