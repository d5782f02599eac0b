import type { Changes, ChangesBy, Field, ReadMode, Stream, WriteMode } from "@headgate/contract";
import { writeModeRules } from "./write-modes.ts";

/** The read modes that work for a table under a write mode, the best first. */
export function readModesFor(writeMode: WriteMode, { kind }: Pick<Stream, "kind">): readonly ReadMode[] {
  const findsChanges = !writeModeRules[writeMode].readsAll && changesFor(writeMode, kind).length > 0;
  return findsChanges ? ["incremental", "full"] : ["full"];
}

/** Whether PostgreSQL itself remembers for each row which transaction wrote it (reliability §4.3). */
export function marksChanges(kind: Stream["kind"]): boolean {
  return kind === "table" || kind === "partitioned_table";
}

/** How a flow can find what is new or changed, the best first. A bare cursor repeats rows, so it needs a key. */
export function changesFor(writeMode: WriteMode, kind: Stream["kind"]): readonly ChangesBy[] {
  const { needsSyncKey } = writeModeRules[writeMode];
  const found: readonly ChangesBy[] = marksChanges(kind) ? ["xmin", "compare"] : ["compare", "cursor"];
  return found.filter((by) => by !== "cursor" || needsSyncKey);
}

/** How a run of a flow finds its rows; undefined: it reads all of them. */
export function changesOf(
  { readMode, changes }: { readonly readMode: ReadMode; readonly changes?: Changes | undefined },
  kind: Stream["kind"],
): Changes | undefined {
  if (readMode === "full") return undefined;
  const chosen = changes ?? { by: "xmin" };
  return chosen.by === "xmin" && !marksChanges(kind) ? undefined : chosen;
}

const timeTypes: readonly string[] = ["pg_catalog.timestamptz", "pg_catalog.timestamp", "pg_catalog.date"];

/** Types whose values can say how far a flow has read. */
export const cursorTypes: readonly string[] = [...timeTypes, "pg_catalog.int8", "pg_catalog.int4", "pg_catalog.int2"];

/** Whether one can look back by it. */
export function isTimeType(typeName: string): boolean {
  return timeTypes.includes(typeName);
}

/** Columns that can narrow (`times`), or be gone by; those with a likely name come first. */
export function cursorFields(fields: readonly Field[], times: boolean): Field[] {
  const types = times ? timeTypes : cursorTypes;
  const likely = ({ name }: Field): number => (/(updated|modified|changed|last)/i.test(name) ? 0 : 1);
  return fields
    .filter(({ typeName, readable }) => readable && types.includes(typeName))
    .toSorted((one, other) => likely(one) - likely(other));
}
