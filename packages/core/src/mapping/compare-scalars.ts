import { compareNumbers, isNumber } from "./compare-numbers.ts";
import type { TypeFit, TypeShape } from "./type-shape.ts";

/** Compares two built-in types that are no text and equally lists or not. */
export function compareScalars(from: TypeShape, to: TypeShape): TypeFit {
  if (isNumber(from) && isNumber(to)) return compareNumbers(from, to);
  if (from.name === to.name)
    return from.name.startsWith("bit") || from.name === "varbit" ? bits(from, to) : sameName(from, to);
  return pairs[`${from.name} ${to.name}`] ?? (isNumber(from) ? fromNumber[to.name] : undefined) ?? never(from, to);
}

const utc = "Times are written and read as UTC";
const warned = (reason: string): TypeFit => ({ fit: "may_fail", reason });

/** Every pair of different types that can work at all; what is not here never does. */
const pairs: Readonly<Record<string, TypeFit>> = {
  "json jsonb": { fit: "fits", reason: "Spaces, the order of keys and repeated keys are not kept." },
  "jsonb json": { fit: "fits" },
  "date timestamp": { fit: "fits", reason: "The time is midnight." },
  "date timestamptz": warned(`The time is midnight. ${utc}; the date has no zone of its own.`),
  "timestamp timestamptz": warned(`${utc}; the source column does not say its zone.`),
  "timestamptz timestamp": warned(`${utc}; the destination column does not keep the zone.`),
  "timestamp date": warned("The time of day is lost."),
  "timestamptz date": warned("The time of day is lost. The day is the day in UTC."),
  "timestamp time": warned("The day is lost."),
  "timestamptz time": warned("The day is lost. The time is the time in UTC."),
  "timestamptz timetz": warned("The day is lost."),
  "time timetz": warned(`${utc}; the source column does not say its zone.`),
  "timetz time": warned("The zone is lost."),
  "time interval": { fit: "fits" },
  "cidr inet": { fit: "fits" },
  "inet cidr": warned("Only addresses of whole networks are accepted."),
  "macaddr macaddr8": { fit: "fits", reason: "The address is filled up to eight bytes." },
  "macaddr8 macaddr": warned("Only addresses with FF and FE in the middle are accepted."),
  "xml json": { fit: "never", reason: "XML is not JSON." },
  "int2 json": { fit: "fits" },
  "int2 jsonb": { fit: "fits" },
  "int4 json": { fit: "fits" },
  "int4 jsonb": { fit: "fits" },
  "int8 json": { fit: "fits" },
  "int8 jsonb": { fit: "fits" },
  "bit varbit": warned("Longer values than the column allows are refused."),
  "varbit bit": warned("Only values of exactly the column's length are accepted."),
};

/** What any number can become, unless the table of pairs says it better. */
const fromNumber: Readonly<Record<string, TypeFit>> = {
  bool: warned("Only 0 and 1 are accepted."),
  json: warned("NaN and infinity are refused."),
  jsonb: warned("NaN and infinity are refused."),
  money: warned("Digits beyond the smallest coin are rounded; very large numbers are refused."),
  interval: warned("The number is taken for seconds."),
};

const temporal = new Set(["timestamp", "timestamptz", "time", "timetz", "interval"]);

function sameName(from: TypeShape, to: TypeShape): TypeFit {
  if (!temporal.has(from.name)) return { fit: "same" };
  const kept = from.limits[0] ?? 6;
  const keeps = to.limits[0] ?? 6;
  if (keeps === kept) return { fit: "same" };
  return keeps > kept ? { fit: "fits" } : warned(`Parts of a second beyond ${keeps} digits are rounded.`);
}

function bits(from: TypeShape, to: TypeShape): TypeFit {
  const most = to.limits[0] ?? (to.name === "bit" ? 1 : undefined);
  const length = from.limits[0] ?? (from.name === "bit" ? 1 : undefined);
  if (most === length) return { fit: "same" };
  if (most === undefined || (to.name === "varbit" && length !== undefined && length < most)) return { fit: "fits" };
  return warned("Values of another length than the column's are refused.");
}

function never(from: TypeShape, to: TypeShape): TypeFit {
  return { fit: "never", reason: `A ${from.label} cannot be written into a ${to.label}.` };
}
