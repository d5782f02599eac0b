import type { Field, FieldMapping, Stream, TableName } from "@headgate/contract";
import { ident, idents, tableIdent } from "./identifiers.ts";
import { serverWords } from "./server-words.ts";

export type NewTable = {
  /** The table at the source whose column types the new one takes over. */
  readonly source: Stream;
  readonly fields: readonly FieldMapping[];
  readonly table: TableName;
  /** Columns of the new table (`destinationSyncKey` of core); they become its primary key. Empty: no key. */
  readonly syncKey: readonly string[];
};

export type NewColumn = {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** Why the type is not the source's own. */
  readonly note?: string;
};

/**
 * The columns a new table gets. Types that only the source's database knows (enums, domains, composites, extensions)
 * become text, which holds their values unchanged.
 */
export function newColumns({ source, fields, syncKey }: NewTable): NewColumn[] {
  return fields.map((mapping) => {
    const field = source.fields.find(({ name }) => name === mapping.source);
    const required = syncKey.includes(mapping.destination) || field?.nullable === false;
    return { name: mapping.destination, required, ...typeFor(field) };
  });
}

function typeFor(field: Field | undefined): { type: string; note?: string } {
  if (field?.builtIn) return { type: field.type };
  return { type: "text", note: `${serverWords(field?.type ?? "unknown")} exists only at the source` };
}

/** The statement with which Headgate creates a destination table, as people see it before they agree. */
export function createTableSql(plan: NewTable): string {
  const columns = newColumns(plan);
  const key = plan.syncKey.length > 0 ? [`primary key (${idents(plan.syncKey)})`] : [];
  const lines = [
    ...columns.map(({ name, type, required }) => `${ident(name)} ${type}${required ? " not null" : ""}`),
    ...key,
  ];
  const notes = columns.map(({ note }) => (note ? `  -- ${note}\n` : ""));
  const body = lines.map((line, index) => `${notes[index] ?? ""}  ${line}${index < lines.length - 1 ? "," : ""}`);
  return `create table ${tableIdent(plan.table)} (\n${body.join("\n")}\n);`;
}
