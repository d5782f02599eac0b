import { expect, test } from "vitest";
import { compareTypes } from "./compare-types.ts";
import type { TypedColumn } from "./type-shape.ts";

const names: Record<string, string> = {
  integer: "int4",
  bigint: "int8",
  smallint: "int2",
  boolean: "bool",
  "character varying": "varchar",
  character: "bpchar",
  "double precision": "float8",
  real: "float4",
  "timestamp without time zone": "timestamp",
  "timestamp with time zone": "timestamptz",
  "time without time zone": "time",
  "time with time zone": "timetz",
  "bit varying": "varbit",
};

/** A column as the catalog gives it; a name with a dot is a type of somebody's own. */
function column(type: string): TypedColumn {
  const array = type.endsWith("[]") ? "_" : "";
  const bare = type.replace("[]", "").replace(/\([0-9,]+\)/, "");
  if (bare.includes("."))
    return { type: type.replace(/^.*\./, ""), typeName: bare.replace(/\.(?=[^.]*$)/, `.${array}`) };
  return { type, typeName: `pg_catalog.${array}${names[bare] ?? bare}` };
}

test.each([
  ["integer", "integer", "same"],
  ["integer", "bigint", "fits"],
  ["bigint", "integer", "may_fail"],
  ["smallint", "real", "fits"],
  ["bigint", "double precision", "may_fail"],
  ["integer", "numeric", "fits"],
  ["integer", "numeric(8,2)", "may_fail"],
  ["integer", "numeric(12,2)", "fits"],
  ["numeric(30,10)", "numeric(30,10)", "same"],
  ["numeric(10,2)", "numeric(12,2)", "fits"],
  ["numeric(12,2)", "numeric(12,4)", "may_fail"],
  ["numeric(12,4)", "numeric(14,2)", "may_fail"],
  ["numeric", "numeric(12,2)", "may_fail"],
  ["numeric(12,2)", "numeric", "fits"],
  ["numeric", "bigint", "may_fail"],
  ["double precision", "numeric", "fits"],
  ["double precision", "real", "may_fail"],
  ["real", "double precision", "fits"],
  ["text", "text", "same"],
  ["character varying(40)", "text", "fits"],
  ["text", "character varying(40)", "may_fail"],
  ["character varying(40)", "character varying(40)", "same"],
  ["character varying(40)", "character varying(80)", "fits"],
  ["character varying(80)", "character varying(40)", "may_fail"],
  ["uuid", "character varying(36)", "fits"],
  ["uuid", "character varying(35)", "may_fail"],
  ["integer", "character varying(10)", "may_fail"],
  ["jsonb", "text", "fits"],
  ["bytea", "text", "fits"],
  ["text[]", "text", "fits"],
  ["public.mood", "text", "fits"],
  ["public.mood[]", "text", "fits"],
  ["text", "public.citext", "fits"],
  ["public.mood", "public.mood", "may_fail"],
  ["public.mood", "other.mood", "may_fail"],
  ["public.mood", "integer", "may_fail"],
  ["text", "integer", "may_fail"],
  ["text", "integer[]", "may_fail"],
  ["integer[]", "integer[]", "same"],
  ["integer[]", "bigint[]", "fits"],
  ["bigint[]", "integer[]", "may_fail"],
  ["integer[]", "integer", "never"],
  ["integer", "integer[]", "never"],
  ["text[]", "jsonb", "never"],
  ["json", "jsonb", "fits"],
  ["jsonb", "json", "fits"],
  ["integer", "jsonb", "fits"],
  ["boolean", "integer", "never"],
  ["integer", "boolean", "may_fail"],
  ["boolean", "boolean", "same"],
  ["timestamp with time zone", "timestamp without time zone", "may_fail"],
  ["timestamp without time zone", "timestamp with time zone", "may_fail"],
  ["timestamp with time zone", "timestamp(0) with time zone", "may_fail"],
  ["date", "timestamp without time zone", "fits"],
  ["date", "timestamp with time zone", "may_fail"],
  ["timestamp without time zone", "date", "may_fail"],
  ["timestamp with time zone", "uuid", "never"],
  ["uuid", "integer", "never"],
  ["uuid", "uuid", "same"],
  ["money", "numeric", "never"],
  ["cidr", "inet", "fits"],
  ["inet", "cidr", "may_fail"],
  ["bit varying(4)", "bit varying(8)", "fits"],
  ["bit varying(8)", "bit varying(4)", "may_fail"],
] as const)("%s into %s: %s", (source, destination, fit) => {
  const verdict = compareTypes(column(source), column(destination));
  expect(verdict.fit).toBe(fit);
  const needsReason = fit === "may_fail" || fit === "never";
  expect(verdict.reason ?? "").toMatch(needsReason ? /^[A-Z].*\.$/ : /^([A-Z].*\.)?$/);
});

test("the missing zone is said in plain words", () => {
  const { reason } = compareTypes(column("timestamp without time zone"), column("timestamp with time zone"));
  expect(reason).toContain("UTC");
});
