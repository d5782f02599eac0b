import type { TableName } from "@headgate/contract";
import type { Session } from "../../session.ts";
import type { ColumnPlan } from "../column-plan.ts";
import { destinationFacts } from "../destination-facts.ts";
import { upsertSql } from "../stage-sql.ts";
import { countChanges, swallowed, type Changes } from "../stage.ts";
import { requireKept } from "../undo/undo-log.ts";
import { staged } from "./staged.ts";
import { nothingDone, type Counts, type WriteJob } from "./write-job.ts";

/** Adds rows whose key is new and brings the others up to date. */
export const upsert = staged(mergeChanges);

export async function mergeChanges(job: WriteJob, rows: number): Promise<Counts> {
  const { session, table, destination, plan, undo } = job;
  const { intercepted } = await destinationFacts(session, table);
  const kept = await undo?.keepChanging();
  const changes =
    destination.kind === "table" && !intercepted
      ? await mergeCounted(session, table, plan)
      : await mergeForetold(session, table, plan);
  requireKept(kept, changes.updated, table);
  return { ...nothingDone, ...changes, unchanged: rows - changes.created - changes.updated };
}

async function mergeCounted(session: Session, table: TableName, plan: ColumnPlan): Promise<Changes> {
  const [merged] = await session.query<{ created: string; updated: string }>(upsertSql(table, plan, true));
  return { created: Number(merged?.created), updated: Number(merged?.updated) };
}

/**
 * Where rows may be swallowed on the way in, or xmax cannot be had (partitions, views), the changes are counted
 * before the merge, and the merge has to touch exactly as many rows.
 */
async function mergeForetold(session: Session, table: TableName, plan: ColumnPlan): Promise<Changes> {
  const foretold = await countChanges(session, table, plan);
  const [merged] = await session.query<{ affected: string }>(upsertSql(table, plan, false));
  const affected = Number(merged?.affected);
  if (affected !== foretold.created + foretold.updated) {
    throw swallowed(table, foretold.created + foretold.updated, affected);
  }
  return foretold;
}
