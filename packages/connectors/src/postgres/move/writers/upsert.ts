import type { TableName } from "@headgate/contract";
import type { Session } from "../../session.ts";
import type { ColumnPlan } from "../column-plan.ts";
import { destinationFacts } from "../destination-facts.ts";
import { upsertSql } from "../stage-sql.ts";
import { countChanges, fillStage, requireGoodKeys, swallowed, type Changes } from "../stage.ts";
import { nothingDone, type WriteJob, type Written } from "./write-job.ts";

/** Adds rows whose key is new and brings the others up to date. */
export async function upsert(job: WriteJob): Promise<Written> {
  const { session, table, plan } = job;
  const tally = await fillStage(job);
  job.onMerging();
  await requireGoodKeys(session, plan, table);
  const changes = await mergeStage(job);
  return { ...nothingDone, ...changes, unchanged: tally.taken - changes.created - changes.updated, tally };
}

/** Brings the staged rows, whose keys are good, into the table. */
export async function mergeStage({ session, table, destination, plan }: WriteJob): Promise<Changes> {
  const { intercepted } = await destinationFacts(session, table);
  return destination.kind === "table" && !intercepted
    ? mergeCounted(session, table, plan)
    : mergeForetold(session, table, plan);
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
