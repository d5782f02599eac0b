import type { TypeFit, TypeShape } from "./type-shape.ts";

/** Whole digits of the largest value. */
const integers: Readonly<Record<string, number>> = { int2: 5, int4: 10, int8: 19 };
/** Digits a value surely keeps. */
const floats: Readonly<Record<string, number>> = { float4: 6, float8: 15 };

/** Numbers that convert into each other; money is written with a currency sign and belongs to no one else. */
export function isNumber({ name }: TypeShape): boolean {
  return Object.hasOwn(integers, name) || Object.hasOwn(floats, name) || name === "numeric";
}

/** Compares two number types: `fits` only when no value is refused and no digit is lost. */
export function compareNumbers(from: TypeShape, to: TypeShape): TypeFit {
  if (Object.hasOwn(integers, to.name)) return intoInteger(from, to);
  if (to.name === "numeric") return intoNumeric(from, to);
  return intoFloat(from, to);
}

function intoInteger(from: TypeShape, to: TypeShape): TypeFit {
  const digits = integers[from.name];
  if (digits === undefined) return mayFail("Only whole numbers are accepted; others are refused.");
  const room = integers[to.name] ?? 0;
  if (digits === room) return { fit: "same" };
  return digits < room ? { fit: "fits" } : mayFail(`Numbers too large for ${to.label} are refused.`);
}

function intoNumeric(from: TypeShape, to: TypeShape): TypeFit {
  const [precision, scale = 0] = to.limits;
  if (precision === undefined) return { fit: from.name === "numeric" && from.limits.length === 0 ? "same" : "fits" };
  const whole = precision - scale;
  if (Object.hasOwn(floats, from.name) || (from.name === "numeric" && from.limits.length === 0))
    return mayFail(`Digits after the point beyond ${scale} are rounded; more than ${whole} before it are refused.`);
  const [digits = integers[from.name] ?? 0, decimals = 0] = from.limits;
  if (digits - decimals > whole) return mayFail(`Numbers with more than ${whole} digits before the point are refused.`);
  if (decimals > scale) return mayFail(`Digits after the point beyond ${scale} are rounded.`);
  return { fit: digits === precision && decimals === scale && from.name === "numeric" ? "same" : "fits" };
}

function intoFloat(from: TypeShape, to: TypeShape): TypeFit {
  if (from.name === to.name) return { fit: "same" };
  const kept = floats[to.name] ?? 0;
  const digits = integers[from.name] ?? floats[from.name] ?? from.limits[0] ?? Infinity;
  return digits <= kept ? { fit: "fits" } : mayFail(`Digits beyond the first ${kept} can be lost.`);
}

function mayFail(reason: string): TypeFit {
  return { fit: "may_fail", reason };
}
