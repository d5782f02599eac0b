import type { Confirmation, Reread, Stream } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import type { Session } from "../../session.ts";
import type { MovePlan } from "../column-plan.ts";
import type { HashList } from "../compare/hash-list.ts";
import type { LineWatch } from "../line-watch.ts";
import type { ReadWindow, Remembered } from "../position.ts";

export type WindowOptions = {
  /** A person's wish that rows are read again; it counts until a run has succeeded with it. */
  readonly reread?: Reread | undefined;
  readonly confirmation?: Confirmation | undefined;
  /** Only the rows with these keys, as PostgreSQL writes a row. */
  readonly retry?: readonly string[] | undefined;
  /** Where hashes of rows are kept, and who watches while they flow. Absent: all rows are looked at. */
  readonly hashes?: { readonly lists: HashList; readonly watch: LineWatch; readonly quietMs: number } | undefined;
};

/** All that is known when a window is chosen. */
export type Asked = WindowOptions & {
  readonly session: Session;
  readonly plan: MovePlan;
  readonly stream: Stream;
  /** What stands after FROM. */
  readonly from: string;
  readonly remembered: Remembered;
  readonly past: ReadWindow["past"];
  readonly question: string;
};

/** What a way of finding rows has to say. */
export type Found = Pick<ReadWindow, "where" | "position"> & Partial<ReadWindow>;

/** Whether rows are told apart by a key, so that reading one again changes nothing. */
export function isKeyed({ plan }: Pick<Asked, "plan">): boolean {
  return writeModeRules[plan.writeMode].needsSyncKey;
}

/** The wish to read again, unless the position comes from a run that has begun to. */
export function wishOf({ reread, remembered }: Asked): Reread | undefined {
  const position = remembered.position;
  return position && "reread" in position && position.reread === reread?.id ? undefined : reread;
}

/** Marks a position as one of a run that reads again. */
export function markOf({ reread }: Asked): { reread?: string } {
  return reread ? { reread: reread.id } : {};
}
