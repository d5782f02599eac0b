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
  append: {
    mode: "append",
    title: "Add only",
    sentence: "Every run adds all rows again, also those added before. Good for keeping snapshots.",
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
};
