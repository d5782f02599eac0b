import type { WriteMode } from "@headgate/contract";

export type DrawnRow = { readonly key: string; readonly value: string; readonly mark?: "new" | "changed" };

/** One write mode as its card says and draws it: the same three source rows meet the same two rows at the destination. */
export type WriteModeCard = {
  readonly mode: WriteMode;
  readonly title: string;
  readonly sentence: string;
  readonly recommended?: boolean;
  readonly newRows: string;
  readonly changedRows: string;
  readonly deletedRows: string;
  readonly after: readonly DrawnRow[];
};

export const sourceRows: readonly DrawnRow[] = [
  { key: "1", value: "Ann" },
  { key: "2", value: "Bob K." },
  { key: "3", value: "Cem" },
];

export const rowsBefore: readonly DrawnRow[] = [
  { key: "1", value: "Ann" },
  { key: "2", value: "Bob" },
];

/** One entry per write mode, in the order in which they are offered. */
export const writeModeCards: Record<WriteMode, WriteModeCard> = {
  upsert: {
    mode: "upsert",
    title: "Add and update",
    sentence: "New rows are added, changed rows are brought up to date.",
    recommended: true,
    newRows: "Added.",
    changedRows: "Their mapped columns are brought up to date; other columns stay as they are.",
    deletedRows: "Stay in the destination. Headgate deletes nothing.",
    after: [
      { key: "1", value: "Ann" },
      { key: "2", value: "Bob K.", mark: "changed" },
      { key: "3", value: "Cem", mark: "new" },
    ],
  },
  insert_missing: {
    mode: "insert_missing",
    title: "Add new rows only",
    sentence: "Rows that are not there yet are added. Nothing that is there changes.",
    newRows: "Added.",
    changedRows: "Stay in the destination as they are.",
    deletedRows: "Stay in the destination. Headgate deletes nothing.",
    after: [
      { key: "1", value: "Ann" },
      { key: "2", value: "Bob" },
      { key: "3", value: "Cem", mark: "new" },
    ],
  },
  update: {
    mode: "update",
    title: "Update only",
    sentence: "Rows that are already there are brought up to date. None are added.",
    newRows: "Left out, and counted as skipped.",
    changedRows: "Their mapped columns are brought up to date; other columns stay as they are.",
    deletedRows: "Stay in the destination. Headgate deletes nothing.",
    after: [
      { key: "1", value: "Ann" },
      { key: "2", value: "Bob K.", mark: "changed" },
    ],
  },
  append: {
    mode: "append",
    title: "Add only",
    sentence: "Every row that is read is added as a new row. Good for keeping a history.",
    newRows: "Added.",
    changedRows: "Added again as another row; the older one stays.",
    deletedRows: "Stay in the destination. Headgate deletes nothing.",
    after: [
      { key: "1", value: "Ann" },
      { key: "2", value: "Bob" },
      { key: "1", value: "Ann", mark: "new" },
      { key: "2", value: "Bob K.", mark: "new" },
      { key: "3", value: "Cem", mark: "new" },
    ],
  },
  mirror: {
    mode: "mirror",
    title: "Keep the same",
    sentence: "New and changed rows are brought over, and rows that are gone at the source are deleted.",
    newRows: "Added.",
    changedRows: "Their mapped columns are brought up to date; other columns stay as they are.",
    deletedRows:
      "Deleted, but only rows that this flow brought. Before unusually many go, Headgate stops and asks you.",
    after: [
      { key: "1", value: "Ann" },
      { key: "2", value: "Bob K.", mark: "changed" },
      { key: "3", value: "Cem", mark: "new" },
    ],
  },
  replace: {
    mode: "replace",
    title: "Replace everything",
    sentence: "After every run the table holds exactly the source's rows, and nothing else.",
    newRows: "Are there after the run.",
    changedRows: "Are there as they are at the source; columns that are not mapped get their default.",
    deletedRows:
      "Are gone, like every other row that is not at the source. While a run writes, readers still see the old rows.",
    after: [
      { key: "1", value: "Ann", mark: "new" },
      { key: "2", value: "Bob K.", mark: "new" },
      { key: "3", value: "Cem", mark: "new" },
    ],
  },
};
