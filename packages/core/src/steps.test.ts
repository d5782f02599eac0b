import type { TypedSteps } from "@headgate/contract";
import { expect, it } from "vitest";
import { destinationSyncKey, firstIncompleteStep, isStepOpen, judgeStep } from "./steps.ts";

const connectionId = "0f3f0c7e-9d1c-4a63-9d55-2d3f6f1f7c11";

const finished: TypedSteps = {
  credentials: { choice: "saved", connectionId },
  test: { connectionId, connectionRevision: 1 },
  table: { schema: "public", name: "customers" },
  destination: {
    connectionId,
    target: "existing",
    schema: "public",
    name: "people",
    writeMode: "upsert",
    syncKey: ["id"],
  },
  mapping: {
    fields: [
      { source: "customer_id", destination: "id" },
      { source: "email", destination: "email" },
    ],
  },
  schedule: { kind: "manual" },
};

it("opens on the first step that is not answered", () => {
  expect(firstIncompleteStep({})).toBe("credentials");
  expect(firstIncompleteStep({ credentials: { connectionId } })).toBe("test");
  expect(firstIncompleteStep(finished)).toBe("review");
});

it("keeps later answers when an early one changes, and asks for the test again", () => {
  const moved: TypedSteps = { ...finished, credentials: { connectionId: "7a0b7b3e-0d43-4f0f-8f6e-9a8b1c2d3e4f" } };
  expect(firstIncompleteStep(moved)).toBe("test");
  expect(isStepOpen("test", moved)).toBe(true);
  expect(isStepOpen("table", moved)).toBe(false);
  expect(judgeStep("mapping", moved).complete).toBe(true);
});

it("names the field of everything that is missing", () => {
  expect(judgeStep("destination", { destination: { connectionId } })).toMatchObject({
    complete: false,
    faults: [
      { field: "target", message: expect.stringContaining("Choose a table") },
      { field: "schema", message: "Choose a schema." },
      { field: "name", message: "Choose a table." },
      { field: "writeMode", message: expect.stringContaining("already there") },
    ],
  });
});

it("asks for a sync key only where the write mode needs one", () => {
  const append = { ...finished.destination, writeMode: "append" as const, syncKey: [] };
  expect(judgeStep("destination", { destination: append }).complete).toBe(true);
  const upsert = { ...finished.destination, writeMode: "upsert" as const, syncKey: [] };
  expect(judgeStep("destination", { destination: upsert })).toMatchObject({ faults: [{ field: "syncKey" }] });
});

it("refuses two columns with one name, at the second of them [B156]", () => {
  const fields = [
    { source: "a", destination: "email" },
    { source: "b", destination: "email" },
  ];
  expect(judgeStep("mapping", { mapping: { fields } })).toMatchObject({
    faults: [{ field: "fields.1.destination", message: "Two columns are both called email. Rename one." }],
  });
});

it("keeps the sync key ticked", () => {
  const fields = [{ source: "email", destination: "email" }];
  expect(judgeStep("mapping", { ...finished, mapping: { fields } })).toMatchObject({
    faults: [{ field: "fields", message: "Keep id: it tells one row from another." }],
  });
});

it("follows the key of a new table through a rename", () => {
  const destination = { ...finished.destination, target: "create", syncKey: ["customer_id"] } as const;
  const mapping = { fields: [{ source: "customer_id", destination: "id" }] };
  const verdict = judgeStep("destination", { destination: { ...destination, syncKey: ["customer_id"] } });
  if (!verdict.complete || verdict.answers.kind !== "postgres") throw new Error("the destination should be complete");
  expect(destinationSyncKey(verdict.answers, mapping)).toEqual(["id"]);
});

it("does not take names of object internals for answers [B143]", () => {
  expect(judgeStep("mapping", { mapping: { fields: [{ source: "__proto__", destination: "constructor" }] } })).toEqual({
    complete: true,
    answers: { fields: [{ source: "__proto__", destination: "constructor" }] },
  });
});

it("does not take a schedule that would never run for an answer [B180]", () => {
  const schedule = { kind: "cron", expression: "0 0 30 2 *", timeZone: "UTC", missed: "skip" } as const;
  expect(judgeStep("schedule", { schedule })).toMatchObject({ complete: false, faults: [{ field: "expression" }] });
  expect(firstIncompleteStep({ ...finished, schedule })).toBe("schedule");
});
