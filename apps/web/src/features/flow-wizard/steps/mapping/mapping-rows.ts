import type { Field, FieldMapping, Overwrites, Stream } from "@headgate/contract";

/** One source column in the form: whether it travels, and under which name. */
export type MappingRow = {
  readonly source: string;
  readonly send: boolean;
  readonly destination: string;
  /** Absent: whatever comes is written. */
  readonly overwrites?: Overwrites | undefined;
  /** Undefined when the table no longer has this column. */
  readonly field: Field | undefined;
};

/** Rows in the order of the table; columns the table no longer has come first, so that they are seen. */
export function mappingRows(source: Stream, fields: readonly FieldMapping[]): MappingRow[] {
  const chosen = new Map(fields.map((field) => [field.source, field]));
  const rows = source.fields.map((field) => ({
    source: field.name,
    send: chosen.has(field.name),
    destination: chosen.get(field.name)?.destination ?? field.name,
    overwrites: chosen.get(field.name)?.overwrites,
    field,
  }));
  const known = new Set(source.fields.map((field) => field.name));
  const gone = fields
    .filter((field) => !known.has(field.source))
    .map((field) => ({ ...field, send: true, field: undefined }));
  return [...gone, ...rows];
}

export function mappedFields(rows: readonly MappingRow[]): FieldMapping[] {
  return rows.filter((row) => row.send).map(mappedField);
}

function mappedField({ source, destination, overwrites }: MappingRow): FieldMapping {
  return { source, destination, ...(overwrites && { overwrites }) };
}

/** Rows whose column, new name or comment holds the words. */
export function foundRows(rows: readonly MappingRow[], words: string): ReadonlySet<string> {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter(({ source, destination, field }) => {
    const text = `${source} ${destination} ${field?.comment ?? ""} ${field?.type ?? ""}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return new Set(found.map((row) => row.source));
}

export type MappingChange =
  | { readonly type: "send"; readonly sources: ReadonlySet<string>; readonly send: boolean }
  | { readonly type: "rename"; readonly source: string; readonly destination: string }
  | { readonly type: "overwrites"; readonly source: string; readonly overwrites: Overwrites | undefined }
  | { readonly type: "remove"; readonly source: string };

export function changedRows(rows: readonly MappingRow[], change: MappingChange): readonly MappingRow[] {
  switch (change.type) {
    case "send":
      return rows.map((row) =>
        change.sources.has(row.source) && row.field?.readable !== false ? { ...row, send: change.send } : row,
      );
    case "rename":
      return rows.map((row) => (row.source === change.source ? { ...row, destination: change.destination } : row));
    case "overwrites":
      return rows.map((row) => (row.source === change.source ? { ...row, overwrites: change.overwrites } : row));
    case "remove":
      return rows.filter((row) => row.source !== change.source);
  }
}
