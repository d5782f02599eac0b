import type { BadRows, KeepsState, ReadMode, WriteMode } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";

export type DrawnRow = { readonly key: string; readonly value: string; readonly mark?: "new" | "changed" };

/** One write mode as its card says and draws it: the same three source rows meet the same two rows at the destination. */
export type WriteModeCard = {
  readonly mode: WriteMode;
  readonly title: string;
  readonly sentence: string;
  readonly newRows: string;
  readonly changedRows: string;
  readonly deletedRows: string;
  /** What Headgate answers for, whatever happens to a run (reliability §4.1). */
  readonly promise: string;
  readonly after: readonly DrawnRow[];
};

/** The modes that most people want, shown first; the others are a press away. */
export const firstModes: readonly WriteMode[] = ["upsert", "append"];

/** In the order in which they are offered. */
export const allModes: readonly WriteMode[] = [...firstModes, "insert_missing", "update", "mirror", "replace"];

/** Offered as the best where rows can be told apart. */
export const recommendedMode: WriteMode = "upsert";

export const sourceRows: readonly DrawnRow[] = [
  { key: "1", value: "Ann" },
  { key: "2", value: "Bob K." },
  { key: "3", value: "Cem" },
];

export const rowsBefore: readonly DrawnRow[] = [
  { key: "1", value: "Ann" },
  { key: "2", value: "Bob" },
];

const writeModeCards: Record<WriteMode, WriteModeCard> = {
  upsert: {
    mode: "upsert",
    title: "Add and update",
    sentence: "New rows are added, changed rows are brought up to date.",
    newRows: "Added.",
    changedRows: "Their mapped columns are brought up to date; other columns stay as they are.",
    deletedRows: "Stay in the destination. Headgate deletes nothing.",
    promise: "However often a run is cut off and tried again, the destination ends up the same.",
    after: [
      { key: "1", value: "Ann" },
      { key: "2", value: "Bob K.", mark: "changed" },
      { key: "3", value: "Cem", mark: "new" },
    ],
  },
  append: {
    mode: "append",
    title: "Add only",
    sentence: "Each run adds what is new or changed as new rows. Good for keeping a history.",
    newRows: "Added.",
    changedRows: "Added again as another row; the older one stays.",
    deletedRows: "Stay in the destination. Headgate deletes nothing.",
    promise: "Each new or changed row is added exactly once, even if a run is cut off and tried again.",
    after: [
      { key: "1", value: "Ann" },
      { key: "2", value: "Bob" },
      { key: "2", value: "Bob K.", mark: "new" },
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
    promise: "However often a run is cut off and tried again, each row is added once.",
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
    promise: "However often a run is cut off and tried again, the destination ends up the same.",
    after: [
      { key: "1", value: "Ann" },
      { key: "2", value: "Bob K.", mark: "changed" },
    ],
  },
  mirror: {
    mode: "mirror",
    title: "Keep the same",
    sentence: "New and changed rows are brought over, and rows that are gone at the source are deleted.",
    newRows: "Added.",
    changedRows: "Their mapped columns are brought up to date; other columns stay as they are.",
    deletedRows:
      "Deleted, but only rows that this flow brought. Headgate asks you first before unusually many go, and before the first run if the table holds rows already.",
    promise: "All or nothing: others see the table as it was before a run or as it is after it, nothing in between.",
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
      "Are gone, like every other row that is not at the source. Where far fewer rows would be left than before, Headgate asks you first.",
    promise: "All or nothing: others see the old rows until the new ones are complete.",
    after: [
      { key: "1", value: "Ann", mark: "new" },
      { key: "2", value: "Bob K.", mark: "new" },
      { key: "3", value: "Cem", mark: "new" },
    ],
  },
};

/** What is different where every run reads all rows, those included that it added before. */
const readingAll: Partial<Record<WriteMode, Partial<WriteModeCard>>> = {
  append: {
    sentence: "Each run adds all rows of the source once more. Good for keeping the state of every day.",
    newRows: "Added.",
    changedRows: "Added again, like the rows that did not change; the older ones stay.",
    promise: "Each run adds every row exactly once, even if it is cut off and tried again.",
    after: [
      { key: "1", value: "Ann" },
      { key: "2", value: "Bob" },
      { key: "1", value: "Ann", mark: "new" },
      { key: "2", value: "Bob K.", mark: "new" },
      { key: "3", value: "Cem", mark: "new" },
    ],
  },
};

/** The card of a mode as it is true for the rows that its runs read. */
export function writeModeCard(mode: WriteMode, readMode: ReadMode): WriteModeCard {
  return { ...writeModeCards[mode], ...(readMode === "full" && readingAll[mode]) };
}

/** The promise of a mode, with what is left out of it. */
export function promiseOf({ mode, promise }: WriteModeCard, badRows: BadRows, keepsState: KeepsState): string {
  const leavesOut = writeModeRules[mode].setsAside && badRows === "set_aside";
  const kept = keepsState === "headgate" && mode === "append" ? addedTwice : promise;
  return leavesOut ? `${kept} Rows that the destination refuses are left out, and listed.` : kept;
}

/** Rows and checkpoint are two commits where the destination may not keep the checkpoint (V27). */
const addedTwice =
  "Every row is added at least once. When a run is cut off at the wrong moment, one batch of rows may be added twice.";
