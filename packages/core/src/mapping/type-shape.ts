import type { Field } from "@headgate/contract";

export type TypedColumn = Pick<Field, "type" | "typeName">;

/** A PostgreSQL type taken apart: `numeric(30,10)[]` is numeric, 30 and 10, an array. */
export type TypeShape = {
  /** The name without schema, `int4` for an array of int4. */
  readonly name: string;
  readonly builtIn: boolean;
  readonly array: boolean;
  /** Length, precision or precision and scale, as written in brackets. */
  readonly limits: readonly number[];
  /** As people see it in PostgreSQL. */
  readonly label: string;
};

export type TypeFit = {
  /** `same`: nothing to convert. `fits`: every value does. `may_fail`: depends on the values. `never`: ordinary values are refused. */
  readonly fit: "same" | "fits" | "may_fail" | "never";
  /** One plain sentence; always there for `may_fail` and `never`. */
  readonly reason?: string;
};

const builtInSchema = "pg_catalog.";

/** Takes a column's type apart; unknown types keep their schema in the name, so that two are equal only when both are. */
export function typeShape({ type, typeName }: TypedColumn): TypeShape {
  const builtIn = typeName.startsWith(builtInSchema);
  const bare = builtIn ? typeName.slice(builtInSchema.length) : typeName;
  const array = type.endsWith("[]");
  const name = array ? bare.replace(/^((?:.*\.)?)_/, "$1") : bare;
  const limits = /\(([0-9]+)(?:,(-?[0-9]+))?\)/.exec(builtIn ? type : "")?.slice(1) ?? [];
  return { name, builtIn, array, limits: limits.filter((limit) => limit !== undefined).map(Number), label: type };
}

/** Types whose values are a row of letters with no form of their own. */
export function isText({ name, builtIn }: TypeShape): boolean {
  return builtIn ? ["text", "varchar", "bpchar", "name", "char"].includes(name) : name.endsWith(".citext");
}

/** At most this many characters fit, or undefined when there is no limit. */
export function textLimit({ name, limits }: TypeShape): number | undefined {
  if (name === "name") return 63;
  if (name === "char") return 1;
  return name === "varchar" || name === "bpchar" ? limits[0] : undefined;
}
