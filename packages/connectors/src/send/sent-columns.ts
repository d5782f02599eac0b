import type { EventMapping, FieldMapping, FlowDefinition, Stream } from "@headgate/contract";
import type { Column } from "../batch-writer.ts";
import { tableFacts } from "../postgres/catalog/find-stream.ts";
import { ident, idents } from "../postgres/identifiers.ts";
import { ownFault } from "../postgres/move/run-failures.ts";
import { serverWords } from "../postgres/server-words.ts";

/** The source columns that events are made of, each once. */
export function eventColumns({ userId, anonymousId, event, timestamp, traits }: EventMapping): readonly string[] {
  const what = event?.kind === "column" ? event.column : undefined;
  const names = [userId, anonymousId, what, timestamp, ...traits.map(({ source }) => source)];
  return [...new Set(names.filter((name) => name !== undefined))];
}

function mapped(definition: Pick<FlowDefinition, "destination" | "fields">): readonly string[] {
  const { destination, fields } = definition;
  return destination.kind === "events" ? eventColumns(destination.mapping) : fields.map(({ source }) => source);
}

/** The columns to read with their types: those that travel, and the key's behind them. Throws where one is gone. */
export function sentColumns(
  definition: Pick<FlowDefinition, "destination" | "fields" | "syncKey">,
  stream: Stream,
): readonly Column[] {
  if (stream.rowSecurity) throw ownFault("source", { code: "rows_hidden", kind: "settings" }, tableFacts(stream));
  return [...new Set([...mapped(definition), ...definition.syncKey])].map((name) => {
    const field = stream.fields.find((one) => one.name === name);
    const facts = { ...tableFacts(stream), column: serverWords(name) };
    if (!field) throw ownFault("source", { code: "source_column_missing", kind: "settings" }, facts);
    if (!field.readable) throw ownFault("source", { code: "source_forbidden", kind: "settings" }, facts);
    return { name, typeName: field.typeName };
  });
}

const wrap = 4_294_967_296n;

/**
 * A text that changes whenever the row does: all 64 bits of the transaction that wrote it, or, where nobody knows that,
 * its content and the run, so that a later run may send it again.
 */
export function versionSql(marked: boolean, next: string, runId: string, columns: readonly Column[]): string {
  if (!marked) {
    const names = idents(columns.map(({ name }) => name));
    return `pg_catalog.md5((row(${names}))::text) || '-${runId}'`;
  }
  const xmin = "xmin::text::bigint";
  const age = `pg_catalog.mod(${BigInt(next) % wrap} - ${xmin} + ${wrap}, ${wrap})`;
  return `case when ${xmin} <= 2 then ${xmin} else ${next}::bigint - ${age} end`;
}

/** For CSV that COPY itself formats: the columns in the order of the file. */
export function readySelect(fields: readonly FieldMapping[]): string {
  return fields.map(({ source }) => ident(source)).join(", ");
}
