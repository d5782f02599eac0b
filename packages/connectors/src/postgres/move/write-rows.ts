import type { Stream, TableName, WriteMode } from "@headgate/contract";
import { tableFacts } from "../catalog/find-stream.ts";
import { idents, tableIdent } from "../identifiers.ts";
import { serverWords } from "../server-words.ts";
import type { Session } from "../session.ts";
import type { ColumnPlan } from "./column-plan.ts";
import type { CopyTally } from "./copy-rows.ts";
import { destinationFacts, keyOperators } from "./destination-facts.ts";
import { ownFault } from "./run-failures.ts";
import { countChangesSql, createStageSql, insertSql, keyFaultsSql, stage, upsertSql } from "./stage-sql.ts";

export type Counts = { readonly created: number; readonly updated: number; readonly unchanged: number };

/** Lets the rows flow into `into` (a table with its column list) and says what both sides counted. */
export type Transfer = (into: string) => Promise<CopyTally>;

export type WriteJob = {
  readonly session: Session;
  readonly table: TableName;
  readonly destination: Stream;
  readonly plan: ColumnPlan;
  readonly transfer: Transfer;
  /** Called when all rows have arrived and only the destination still works. */
  readonly onMerging: () => void;
};

export type Written = Counts & { readonly tally: CopyTally };

/** How each write mode puts rows into a table, inside the transaction of the run. */
export const writers: Record<WriteMode, (job: WriteJob) => Promise<Written>> = { append, upsert };

async function append(job: WriteJob): Promise<Written> {
  const { session, table, destination, plan, transfer, onMerging } = job;
  // COPY refuses views and tables under row security; INSERT works on both.
  if (destination.kind !== "view" && !destination.rowSecurity) {
    const tally = await transfer(`${tableIdent(table)} (${idents(plan.columns)})`);
    return { created: requireAll(tally, tally.taken, table), updated: 0, unchanged: 0, tally };
  }
  const tally = await fillStage(job);
  onMerging();
  const { rowCount } = await session.client.query(insertSql(table, plan));
  return { created: requireAll(tally, rowCount ?? 0, table), updated: 0, unchanged: 0, tally };
}

async function upsert(job: WriteJob): Promise<Written> {
  const { session, table, destination, plan } = job;
  const tally = await fillStage(job);
  job.onMerging();
  await requireGoodKeys(session, plan, table);
  const { intercepted } = await destinationFacts(session, table);
  const counts =
    destination.kind === "table" && !intercepted
      ? await mergeCounted(session, table, plan)
      : await mergeForetold(session, table, plan);
  return { ...counts, unchanged: tally.taken - counts.created - counts.updated, tally };
}

/** The stage holds what the source sent, or the run ends. */
export async function fillStage({ session, table, plan, transfer }: WriteJob): Promise<CopyTally> {
  await session.execute(createStageSql(table, plan));
  const tally = await transfer(`${stage} (${idents(plan.columns)})`);
  requireAll(tally, tally.taken, table);
  return tally;
}

async function mergeCounted(session: Session, table: TableName, plan: ColumnPlan): Promise<Omit<Counts, "unchanged">> {
  const [merged] = await session.query<{ created: string; updated: string }>(upsertSql(table, plan, true));
  return { created: Number(merged?.created), updated: Number(merged?.updated) };
}

/**
 * Where rows may be swallowed on the way in, or xmax cannot be had (partitions, views), the changes are counted
 * before the merge, and the merge has to touch exactly as many rows.
 */
async function mergeForetold(session: Session, table: TableName, plan: ColumnPlan): Promise<Omit<Counts, "unchanged">> {
  const foretold = await countChanges(session, table, plan);
  const [merged] = await session.query<{ affected: string }>(upsertSql(table, plan, false));
  const affected = Number(merged?.affected);
  if (affected !== foretold.created + foretold.updated) {
    throw swallowed(table, foretold.created + foretold.updated, affected);
  }
  return foretold;
}

/** Counts what a merge of the stage would create and change, without doing it. */
export async function countChanges(
  session: Session,
  table: TableName,
  plan: ColumnPlan,
): Promise<Omit<Counts, "unchanged">> {
  const operators = await keyOperators(session, table, plan.syncKey);
  const [found] = await session.query<{ created: string; updated: string }>(countChangesSql(table, plan, operators));
  return { created: Number(found?.created), updated: Number(found?.updated) };
}

/** Every staged row has a key, and no key stands twice; the fault names columns and counts, never values. */
export async function requireGoodKeys(
  session: Session,
  plan: Pick<ColumnPlan, "syncKey">,
  table: TableName,
  from?: string,
): Promise<void> {
  const [found] = await session.query<{ empty: string; repeated: string }>(keyFaultsSql(plan, from));
  const facts = { ...tableFacts(table), columns: serverWords(plan.syncKey.join(", ")) };
  if (found && found.empty !== "0") {
    throw ownFault("source", { code: "key_empty", kind: "settings" }, { ...facts, rows: found.empty });
  }
  if (found && found.repeated !== "0") {
    throw ownFault("source", { code: "key_repeated", kind: "settings" }, { ...facts, rows: found.repeated });
  }
}

function requireAll({ read }: CopyTally, taken: number, table: TableName): number {
  if (taken !== read) throw swallowed(table, read, taken);
  return taken;
}

function swallowed(table: TableName, sent: number, taken: number): Error {
  const facts = { ...tableFacts(table), sent: String(sent), taken: String(taken) };
  return ownFault("destination", { code: "rows_swallowed", kind: "settings" }, facts);
}
