import { expect, it } from "vitest";
import { moreTelling, unwrapError } from "./telling-error.ts";

const failed = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

it("an error that only bundles others is replaced by the one that says most", () => {
  const bundle = new AggregateError([failed("ENETUNREACH"), failed("ECONNREFUSED"), failed("ETIMEDOUT")]);
  expect(unwrapError(bundle)).toMatchObject({ code: "ECONNREFUSED" });
  expect(unwrapError(new AggregateError([new AggregateError([failed("ETIMEDOUT")])]))).toMatchObject({
    code: "ETIMEDOUT",
  });
});

it("an error that bundles nothing stays itself", () => {
  const empty = new AggregateError([]);
  expect(unwrapError(empty)).toBe(empty);
  expect(unwrapError("no error at all")).toBe("no error at all");
});

it("the first of two equal ones stays", () => {
  const first = failed("ENETUNREACH");
  expect(moreTelling(first, failed("EHOSTUNREACH"))).toBe(first);
  expect(moreTelling(undefined, first)).toBe(first);
});
