import type { TableName } from "@headgate/contract";
import { tableFacts } from "../catalog/find-stream.ts";
import { idents } from "../identifiers.ts";
import { serverWords } from "../server-words.ts";
import type { Session } from "../session.ts";
import type { ColumnPlan } from "./column-plan.ts";
import type { CopyTally } from "./copy-rows.ts";
import { keyOperators } from "./destination-facts.ts";
import { ownFault } from "./run-failures.ts";
import { countChangesSql, createStageSql, keyFaultsSql, stage } from "./stage-sql.ts";
import type { WriteJob } from "./writers/write-job.ts";

/** What a merge does to the destination's rows. */
export type Changes = { readonly created: number; readonly updated: number };

/** The stage holds what the source sent, or the run ends. */
export async function fillStage({ session, table, plan, transfer }: WriteJob): Promise<CopyTally> {
  await session.execute(createStageSql(table, plan));
  const tally = await transfer(`${stage} (${idents(plan.columns)})`);
  requireAll(tally, tally.taken, table);
  return tally;
}

/** Counts what a merge of the stage would create and change, without doing it. */
export async function countChanges(session: Session, table: TableName, plan: ColumnPlan): Promise<Changes> {
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
  refuseKeys(found, plan, table);
}

/** Throws where rows have no key, or keys stand more than once. */
export function refuseKeys(
  found: { readonly empty: string; readonly repeated: string } | undefined,
  plan: Pick<ColumnPlan, "syncKey">,
  table: TableName,
): void {
  const facts = { ...tableFacts(table), columns: serverWords(plan.syncKey.join(", ")) };
  if (found && found.empty !== "0") {
    throw ownFault("source", { code: "key_empty", kind: "settings" }, { ...facts, rows: found.empty });
  }
  if (found && found.repeated !== "0") {
    throw ownFault("source", { code: "key_repeated", kind: "settings" }, { ...facts, rows: found.repeated });
  }
}

/** Every row that was sent, and not set aside, is there, or the run ends. */
export function requireAll({ read, rejected }: CopyTally, taken: number, table: TableName): number {
  if (taken !== read - rejected) throw swallowed(table, read - rejected, taken);
  return taken;
}

export function swallowed(table: TableName, sent: number, taken: number): Error {
  const facts = { ...tableFacts(table), sent: String(sent), taken: String(taken) };
  return ownFault("destination", { code: "rows_swallowed", kind: "settings" }, facts);
}
