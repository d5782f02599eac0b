import type { streamKinds } from "@headgate/contract";

export const kindNames: Record<(typeof streamKinds)[number], string> = {
  table: "Table",
  partitioned_table: "Table in parts",
  view: "View",
  materialized_view: "Stored view",
  query: "Query",
  foreign_table: "Table on another server",
};

export const pickerCopy = {
  schema: "Schema",
  schemaCount: (name: string, count: number): string => `${name} (${count.toLocaleString("en")})`,
  allSchemas: (count: number): string => `All schemas (${count.toLocaleString("en")})`,
  search: "Search tables",
  searchPlaceholder: "Part of a name, in any schema",
  list: "Tables",
  found: (count: number): string => (count === 1 ? "1 table" : `${count.toLocaleString("en")} tables`),
  columns: (count: number): string => (count === 1 ? "1 column" : `${count} columns`),
  key: (columns: readonly string[]): string => `Unique key: ${columns.join(", ")}`,
  noKey: "No unique key",
  unreadable: "No right to read",
  unreadableTitle: (name: string): string => `“${name}” cannot be read yet`,
  unreadableReason: "The database user of this connection may see this table's name, but not its rows.",
  nothingFound: (words: string): string => `No table or view has “${words}” in its name or comment.`,
  clear: "Clear the search",
  emptySchema: "There are no tables in this schema.",
  noTablesTitle: "We can sign in, but see no tables",
  noTables:
    "Either this database is empty, or the user may not see what is in it. Check the name of the database, or ask an administrator for the right to read.",
  manual: "Table name",
  manualHint: "You can go on without the list. Enter schema and table, for example public.customers.",
  manualFault: "Enter a name such as public.customers.",
  lookAgain: "Look again",
  reading: "Reading the list of tables…",
  readingLong: "Still reading. Large databases can take a little while.",
} as const;

export const previewCopy = {
  title: (name: string): string => `First rows of ${name}`,
  heading: "First rows",
  none: "Choose a table to see its first rows.",
  empty: "This table has no rows yet. You can still choose it.",
  reading: "Reading the first rows…",
  failed: "The preview could not be read. You can still choose this table.",
  nothing: "no value",
  tryAgain: "Try again",
  region: (name: string): string => `Preview of ${name}`,
} as const;
