import type { BadRows, WriteMode } from "@headgate/contract";

export type WriteModeRule = {
  readonly creates: boolean;
  readonly updates: boolean;
  readonly deletes: boolean;
  readonly needsSyncKey: boolean;
  /** What the mode makes of the destination depends on rows that did not change, so every run reads all of them. */
  readonly readsAll: boolean;
  /** Whether a run may go on without a row that the destination refuses: not where a missing row means "deleted". */
  readonly setsAside: boolean;
  /** Which rows a flow brought is written down in a table of its own in schema `headgate` at the destination. */
  readonly keepsKeys: boolean;
  /** Whether it can do without keeping anything at the destination; where rows are deleted, nothing less is safe. */
  readonly mayKeepOutside: boolean;
};

/** What each write mode does at the destination; form, server and writer all read this table (features §3.10). */
export const writeModeRules = {
  append: {
    creates: true,
    updates: false,
    deletes: false,
    needsSyncKey: false,
    readsAll: false,
    setsAside: true,
    keepsKeys: false,
    mayKeepOutside: true,
  },
  insert_missing: {
    creates: true,
    updates: false,
    deletes: false,
    needsSyncKey: true,
    readsAll: false,
    setsAside: true,
    keepsKeys: false,
    mayKeepOutside: true,
  },
  update: {
    creates: false,
    updates: true,
    deletes: false,
    needsSyncKey: true,
    readsAll: false,
    setsAside: true,
    keepsKeys: false,
    mayKeepOutside: true,
  },
  upsert: {
    creates: true,
    updates: true,
    deletes: false,
    needsSyncKey: true,
    readsAll: false,
    setsAside: true,
    keepsKeys: false,
    mayKeepOutside: true,
  },
  mirror: {
    creates: true,
    updates: true,
    deletes: true,
    needsSyncKey: true,
    readsAll: true,
    setsAside: false,
    keepsKeys: true,
    mayKeepOutside: false,
  },
  replace: {
    creates: true,
    updates: false,
    deletes: true,
    needsSyncKey: false,
    readsAll: true,
    setsAside: false,
    keepsKeys: false,
    mayKeepOutside: false,
  },
} as const satisfies Record<WriteMode, WriteModeRule>;

/** How many refused rows a run may set aside: 100, or one in a hundred where that is more (reliability §4.7). */
export function rejectLimit(
  { writeMode, badRows }: { readonly writeMode: WriteMode; readonly badRows: BadRows },
  rowsExpected: number | null,
): number {
  if (badRows === "stop" || !writeModeRules[writeMode].setsAside) return 0;
  return Math.max(100, Math.floor((rowsExpected ?? 0) / 100));
}
