import type { Field, FlowDefinition, Overwrites, Stream, TableName, UniqueKey, WriteMode } from "@headgate/contract";
import { writeModeRules, type Relation } from "@headgate/core";
import { tableFacts } from "../catalog/find-stream.ts";
import { serverWords } from "../server-words.ts";
import { travelsAsBinary } from "./binary-types.ts";
import { ownFault, type Side } from "./run-failures.ts";

/** What a move needs to know of a flow; a `TableFlowDefinition` is one. */
export type MovePlan = Pick<
  FlowDefinition,
  "readMode" | "changes" | "writeMode" | "badRows" | "syncKey" | "fields" | "sqlBefore" | "sqlAfter" | "keepsUndo"
> & {
  readonly source: Relation;
  readonly destination: { readonly table: TableName };
};

export type CopyFormat = "binary" | "text";

/** Columns in the order in which they travel, found on both sides. */
export type ColumnPlan = {
  readonly sourceColumns: readonly string[];
  readonly columns: readonly string[];
  readonly syncKey: readonly string[];
  /** What an update sets: all but the key, and but columns PostgreSQL insists on numbering itself. */
  readonly changing: readonly string[];
  /** For columns of those that an update does not always overwrite. */
  readonly overwrites: Readonly<Record<string, Overwrites>>;
  readonly overriding: boolean;
  readonly format: CopyFormat;
};

/** Matches the mapping with both tables as they are now. Throws a `RunFault` naming the column that is gone. */
export function planColumns(plan: MovePlan, source: Stream, destination: Stream): ColumnPlan {
  if (source.rowSecurity) throw ownFault("source", { code: "rows_hidden", kind: "settings" }, tableFacts(source));
  const pairs = plan.fields
    .map((mapping) => ({
      from: requireField(source, mapping.source, "source"),
      to: requireField(destination, mapping.destination, "destination"),
    }))
    .filter(({ to }) => !to.generated);
  const syncKey = writeModeRules[plan.writeMode].needsSyncKey ? requireKey(plan.syncKey, destination) : [];
  return {
    sourceColumns: pairs.map(({ from }) => from.name),
    columns: pairs.map(({ to }) => to.name),
    syncKey,
    changing: pairs.filter(({ to }) => !syncKey.includes(to.name) && to.identity !== "always").map(({ to }) => to.name),
    overwrites: merges.includes(plan.writeMode) ? overwritesOf(plan) : {},
    overriding: pairs.some(({ to }) => to.identity === "always"),
    format: pairs.every(({ from, to }) => sameWire(from, to)) ? "binary" : "text",
  };
}

/** Modes that bring rows up to date one value at a time; a mirror and a replacement are the source, whatever it holds. */
const merges: readonly WriteMode[] = ["update", "upsert"];

function overwritesOf({ fields }: MovePlan): Record<string, Overwrites> {
  return Object.fromEntries(
    fields.flatMap(({ destination, overwrites }) =>
      overwrites === undefined || overwrites === "always" ? [] : [[destination, overwrites]],
    ),
  );
}

function sameWire(from: Field, to: Field): boolean {
  return from.typeName === to.typeName && travelsAsBinary(from.typeName);
}

function requireField(stream: Stream, name: string, side: Side): Field {
  const field = stream.fields.find((one) => one.name === name);
  const facts = { ...tableFacts(stream), column: serverWords(name) };
  if (!field) throw ownFault(side, { code: `${side}_column_missing`, kind: "settings" }, facts);
  if (side === "source" && !field.readable) throw ownFault(side, { code: "source_forbidden", kind: "settings" }, facts);
  return field;
}

function requireKey(syncKey: readonly string[], destination: Stream): readonly string[] {
  if (syncKey.length > 0 && destination.uniqueKeys.some((key) => isKey(key, syncKey))) return syncKey;
  const facts = { ...tableFacts(destination), columns: serverWords(syncKey.join(", ")) };
  throw ownFault("destination", { code: "no_unique_key", kind: "settings" }, facts);
}

function isKey({ columns }: UniqueKey, syncKey: readonly string[]): boolean {
  return columns.length === syncKey.length && columns.every((column) => syncKey.includes(column));
}
