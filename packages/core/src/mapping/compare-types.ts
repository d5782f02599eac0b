import { compareScalars } from "./compare-scalars.ts";
import { isText, textLimit, typeShape, type TypedColumn, type TypeFit, type TypeShape } from "./type-shape.ts";

/** Whether values of one column can be written into another; values travel as PostgreSQL's own text. */
export function compareTypes(source: TypedColumn, destination: TypedColumn): TypeFit {
  const from = typeShape(source);
  const to = typeShape(destination);
  if (isText(to) && !to.array) return intoText(from, to);
  if (!to.builtIn) return intoUnknown(from, to);
  if (to.name === "bytea" && !to.array && (from.array || from.name !== "bytea"))
    return mayFail("The letters of the value are stored as bytes, not the value.");
  if (from.array !== to.array) return arrayMismatch(from, to);
  if (isText(to)) return from.array && isText(from) ? intoText(from, to) : { fit: "fits" };
  if (!from.builtIn)
    return mayFail(`Headgate does not know the type ${from.label}; each value must read as ${to.label}.`);
  if (isText(from)) return mayFail(`Every text must read as ${to.label}; others are refused.`);
  return compareScalars(from, to);
}

function intoText(from: TypeShape, to: TypeShape): TypeFit {
  const most = textLimit(to);
  const fromText = isText(from) && from.array === to.array;
  if (most === undefined) return { fit: fromText && from.name === to.name ? "same" : "fits" };
  const longest = fromText ? textLimit(from) : from.array ? undefined : longestText[from.name];
  if (longest === undefined || longest > most)
    return mayFail(`Texts longer than ${most} ${most === 1 ? "character" : "characters"} are refused.`);
  return { fit: fromText && from.name === to.name && longest === most ? "same" : "fits" };
}

/** The most characters PostgreSQL writes for a value of these types. */
const longestText: Readonly<Record<string, number>> = { bool: 5, int2: 6, int4: 11, int8: 20, uuid: 36, macaddr: 17 };

function intoUnknown(from: TypeShape, to: TypeShape): TypeFit {
  if (from.name === to.name && from.array === to.array)
    return mayFail(`The type ${to.label} must allow the same values in both databases.`);
  return mayFail(`Values that the type ${to.label} does not allow are refused.`);
}

function arrayMismatch(from: TypeShape, to: TypeShape): TypeFit {
  if (from.array && (to.name === "json" || to.name === "jsonb"))
    return { fit: "never", reason: "A list is not written as JSON; choose a text or a list column." };
  if (from.array) return { fit: "never", reason: `A list does not fit into one ${to.label}.` };
  if (isText(from) || !from.builtIn)
    return mayFail(`Every text must read as a list such as {1,2}; others are refused.`);
  return { fit: "never", reason: `One ${from.label} is not a list.` };
}

function mayFail(reason: string): TypeFit {
  return { fit: "may_fail", reason };
}
