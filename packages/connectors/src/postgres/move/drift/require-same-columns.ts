import type { RunNote, Stream } from "@headgate/contract";
import { tableFacts } from "../../catalog/find-stream.ts";
import { serverWords } from "../../server-words.ts";
import type { MovePlan } from "../column-plan.ts";
import { ownFault } from "../run-failures.ts";
import { RunFault } from "../run-fault.ts";
import { columnsOf, digestOf, type KnownColumns } from "./columns-of.ts";
import { compareColumns, type ColumnChange } from "./compare-columns.ts";

export type Looked = { readonly columns: KnownColumns; readonly notes: readonly RunNote[] };

type Streams = { readonly source: Stream; readonly destination: Stream };

/**
 * Compares the tables with what the last run found there. Throws `schema_changed` naming the first column that travels
 * and is gone or another, unless somebody has accepted exactly these columns; what is gone cannot be accepted.
 */
export function requireSameColumns(
  plan: MovePlan,
  streams: Streams,
  before: KnownColumns | undefined,
  accepted: string | undefined,
): Looked {
  const tables = JSON.stringify([tableFacts(streams.source), tableFacts(streams.destination)]);
  const columns = { tables, source: columnsOf(streams.source), destination: columnsOf(streams.destination) };
  if (before?.tables !== tables) return { columns, notes: [] };
  const { changes, notes } = compareColumns(plan.fields, before, columns);
  const digest = digestOf(columns);
  const left = digest === accepted ? changes.filter(({ change }) => change === "column_gone") : changes;
  const [first] = left;
  if (first) throw schemaChanged(streams[first.side], first, digest);
  return { columns, notes };
}

function schemaChanged(stream: Stream, { side, column, change, from, to, added }: ColumnChange, digest: string): Error {
  const facts = {
    ...tableFacts(stream),
    column: serverWords(column),
    change,
    from,
    to,
    added: serverWords(added.join(", ")),
    digest,
  };
  return ownFault(side, { code: "schema_changed", kind: "settings" }, facts);
}

/** A table that is gone although an earlier run found it has changed, rather than never been there. */
export async function rememberingTables<T>(before: KnownColumns | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!before || !(error instanceof RunFault)) throw error;
    const { origin, code, facts } = error.failure;
    if (code !== "source_table_missing" && code !== "destination_table_missing") throw error;
    throw ownFault(origin, { code: "schema_changed", kind: "settings" }, { ...facts, change: "table_gone" });
  }
}
