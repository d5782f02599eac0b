import type { WriteMode } from "@headgate/contract";

export type WriteModeRule = {
  readonly creates: boolean;
  readonly updates: boolean;
  readonly deletes: boolean;
  readonly needsSyncKey: boolean;
};

/** What each write mode does at the destination; form, server and writer all read this table (features §3.10). */
export const writeModeRules = {
  append: { creates: true, updates: false, deletes: false, needsSyncKey: false },
  upsert: { creates: true, updates: true, deletes: false, needsSyncKey: true },
} as const satisfies Record<WriteMode, WriteModeRule>;
