import type { ReadMode, Stream, WriteMode } from "@headgate/contract";

export type WriteModeRule = {
  readonly creates: boolean;
  readonly updates: boolean;
  readonly deletes: boolean;
  readonly needsSyncKey: boolean;
  /** What the mode makes of the destination depends on rows that did not change, so every run reads all of them. */
  readonly readsAll: boolean;
};

/** What each write mode does at the destination; form, server and writer all read this table (features §3.10). */
export const writeModeRules = {
  append: { creates: true, updates: false, deletes: false, needsSyncKey: false, readsAll: false },
  insert_missing: { creates: true, updates: false, deletes: false, needsSyncKey: true, readsAll: false },
  update: { creates: false, updates: true, deletes: false, needsSyncKey: true, readsAll: false },
  upsert: { creates: true, updates: true, deletes: false, needsSyncKey: true, readsAll: false },
  mirror: { creates: true, updates: true, deletes: true, needsSyncKey: true, readsAll: true },
  replace: { creates: true, updates: false, deletes: true, needsSyncKey: false, readsAll: true },
} as const satisfies Record<WriteMode, WriteModeRule>;

/** The read modes that work for a table under a write mode, the best first. */
export function readModesFor(writeMode: WriteMode, { kind }: Pick<Stream, "kind">): readonly ReadMode[] {
  return writeModeRules[writeMode].readsAll || !marksChanges(kind) ? ["full"] : ["incremental", "full"];
}

/** Whether PostgreSQL itself remembers for each row which transaction wrote it (reliability §4.3). */
export function marksChanges(kind: Stream["kind"]): boolean {
  return kind === "table" || kind === "partitioned_table";
}
