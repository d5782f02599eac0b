import { expect, test } from "vitest";
import { describeError } from "./describe-error.ts";

test("an error of PostgreSQL is logged by its places, never by its words, which quote values [R30]", () => {
  const error = Object.assign(new Error("duplicate key value: (email)=(canary@example.com)"), {
    severity: "ERROR",
    code: "23505",
    table: "users",
    constraint: "user_email",
    detail: "Key (email)=(canary@example.com) already exists.",
    where: "canary",
    hint: "canary",
    internalQuery: "canary",
    parameters: ["canary"],
  });
  const described = describeError(error);
  expect(JSON.stringify(described)).not.toContain("canary");
  expect(described).toMatchObject({ code: "23505", table: "users", constraint: "user_email", severity: "ERROR" });
  expect(described["stack"]).toMatch(/^\s+at /);
});

test("a field that a library adds to its errors is not logged [R30]", () => {
  const error = Object.assign(new TypeError("no such thing"), { config: { password: "canary" }, response: "canary" });
  expect(describeError(error)).toEqual({ type: "TypeError", message: "no such thing", stack: expect.any(String) });
});

test("what is thrown and is no error is named by its kind only [R30]", () => {
  expect(describeError("canary")).toEqual({ type: "string" });
  expect(describeError({ password: "canary" })).toEqual({ type: "object" });
});
