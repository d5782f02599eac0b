import type { Field, FieldMapping, Overwrites, Stream, ValueRule } from "@headgate/contract";
import { type inNameStyle, likelySecret, nameStyles, proposeMapping, type NameStyle } from "@headgate/core";

/** One source column in the form: whether it travels, and under which name. */
export type MappingRow = {
  readonly source: string;
  readonly send: boolean;
  readonly destination: string;
  /** Absent: whatever comes is written. */
  readonly overwrites?: Overwrites | undefined;
  readonly rules?: readonly ValueRule[] | undefined;
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
    rules: chosen.get(field.name)?.rules,
    field,
  }));
  const known = new Set(source.fields.map((field) => field.name));
  const gone = fields
    .filter((field) => !known.has(field.source))
    .map((field) => ({ ...field, send: true, field: undefined }));
  return [...gone, ...rows];
}

/** What is proposed: for an existing table what matches it, else every column that is no likely secret. */
export function proposedFields(source: Stream, destination: Stream | null): FieldMapping[] {
  const proposed = proposeMapping(source, destination);
  // A table that has a column of this name was made for it.
  return destination ? proposed : proposed.filter((field) => !likelySecret(field.source));
}

/** The style that all names have which travel; undefined for names of one's own. */
export function styleOf(rows: readonly MappingRow[], named: typeof inNameStyle): NameStyle | undefined {
  const sent = rows.filter((row) => row.send);
  return nameStyles.find((style) => sent.every(({ source, destination }) => destination === named(source, style)));
}

export function mappedFields(rows: readonly MappingRow[]): FieldMapping[] {
  return rows.filter((row) => row.send).map(mappedField);
}

function mappedField({ source, destination, overwrites, rules = [] }: MappingRow): FieldMapping {
  return { source, destination, ...(overwrites && { overwrites }), ...(rules.length > 0 && { rules: [...rules] }) };
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
  | { readonly type: "rename_all"; readonly named: (source: string) => string }
  | { readonly type: "overwrites"; readonly source: string; readonly overwrites: Overwrites | undefined }
  | { readonly type: "rules"; readonly source: string; readonly rules: readonly ValueRule[] }
  | { readonly type: "remove"; readonly source: string };

export function changedRows(rows: readonly MappingRow[], change: MappingChange): readonly MappingRow[] {
  switch (change.type) {
    case "send":
      return rows.map((row) =>
        change.sources.has(row.source) && row.field?.readable !== false ? { ...row, send: change.send } : row,
      );
    case "rename":
      return rows.map((row) => (row.source === change.source ? { ...row, destination: change.destination } : row));
    case "rename_all":
      return rows.map((row) => ({ ...row, destination: change.named(row.source) }));
    case "overwrites":
      return rows.map((row) => (row.source === change.source ? { ...row, overwrites: change.overwrites } : row));
    case "rules":
      return rows.map((row) => (row.source === change.source ? { ...row, rules: change.rules } : row));
    case "remove":
      return rows.filter((row) => row.source !== change.source);
  }
}
