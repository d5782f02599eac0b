import { randomUUID } from "node:crypto";
import type { Reread } from "@headgate/contract";
import type { Queryable } from "../db.ts";

/** Writes down that rows are to be read again; a newer wish takes the place of an older one. False: no such flow. */
export async function askReread(
  db: Queryable,
  flowId: string,
  from: Reread["from"],
  now = new Date(),
): Promise<boolean> {
  const reread: Reread = { id: randomUUID(), from, askedAt: now.toISOString() };
  const { rowCount } = await db.query("update flows set reread = $2 where id = $1", [flowId, JSON.stringify(reread)]);
  return rowCount === 1;
}

/** Takes the wish back; a run that has begun with it goes on. */
export async function takeBackReread(db: Queryable, flowId: string): Promise<void> {
  await db.query("update flows set reread = null where id = $1", [flowId]);
}
