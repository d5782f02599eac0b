import type { RunFailure } from "@headgate/contract";
import { expect, test } from "vitest";
import { runFailureCopy } from "../messages.ts";

const failure = (facts: Readonly<Record<string, string>>): RunFailure => ({
  origin: "source",
  kind: "settings",
  code: "schema_changed",
  facts: { side: "source", table: "orders", column: "total", ...facts },
  detail: "",
  retryable: false,
});

test("a change of a table is named with the column and what became of it", () => {
  const retyped = runFailureCopy(failure({ change: "column_type", from: "integer", to: "text" }));
  expect(retyped.title).toBe("“total” has another type at the source now");
  expect(retyped.why).toContain("It was integer and is text now");
  expect(runFailureCopy(failure({ change: "table_gone" })).title).toBe("The table “orders” is gone from the source");
  expect(runFailureCopy(failure({ change: "column_generated" })).next).toContain("resume the flow");
});

test("a column that is new is mentioned beside one that is gone, and not taken for it", () => {
  const { title, next } = runFailureCopy(failure({ change: "column_gone", added: "amount" }));
  expect(title).toBe("The column “total” is gone from the source");
  expect(next).toContain("New there since the last run: amount.");
});
