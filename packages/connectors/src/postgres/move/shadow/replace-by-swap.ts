import { DatabaseError } from "pg";
import { idents, tableIdent } from "../../identifiers.ts";
import { requireAll, swallowed } from "../stage.ts";
import type { CopyTally } from "../copy-rows.ts";
import type { WriteJob } from "../writers/write-job.ts";
import { describeTable } from "./describe-table.ts";
import { createShadow, finishShadow, refillSql, type Shadow } from "./shadow-table.ts";
import { attempt, keepWritersOut, swap } from "./swap-table.ts";
import { readSwapFacts, swapObstacles } from "./swap-facts.ts";

/** Below so many rows it is quicker to write them again in place than to make a table anew in every run. */
const fewRows = 10_000;

export type Replaced = { readonly tally: CopyTally; readonly before: number };

/**
 * Loads the rows into a new table of the same likeness and puts it in place of the old one: no row is written twice,
 * keys are built at once, nothing is left to clean up. Undefined where the table must stay the one it is. `consent` is
 * told how many rows were there before any of them goes, and may throw.
 */
export async function replaceBySwap(
  job: WriteJob,
  consent: (replaced: Replaced) => void,
): Promise<Replaced | undefined> {
  const { session, table, destination, plan, onMerging } = job;
  if (destination.rowEstimate !== null && destination.rowEstimate < fewRows) return undefined;
  // A login may be kept from some catalogs, or from making tables.
  const shadow = await attempt(session, async () => {
    if ((await swapObstacles(session, table)).length > 0) return undefined;
    const facts = await readSwapFacts(session, table);
    return facts && createShadow(session, table, facts);
  });
  if (shadow === undefined || shadow instanceof DatabaseError) return undefined;

  const tally = await inItsName(shadow, async () => {
    const arrived = await job.transfer(`${tableIdent(shadow.table)} (${idents(plan.columns)})`, { frozen: true });
    requireAll(arrived, arrived.taken, table);
    onMerging();
    await finishShadow(session, shadow);
    return arrived;
  });
  if ((await isAlike(job, shadow)) && (await keepWritersOut(session, shadow))) {
    const replaced = { tally, before: await countRows(job) };
    consent(replaced);
    if (await swap(session, shadow)) return replaced;
  }
  return refill(job, shadow, tally, consent);
}

/** Somebody needs the very table: its rows go and the shadow's come, while readers see the old ones. */
async function refill(
  { session, table, plan }: WriteJob,
  shadow: Shadow,
  tally: CopyTally,
  consent: (replaced: Replaced) => void,
): Promise<Replaced> {
  const { rowCount: before } = await session.client.query(`delete from ${tableIdent(table)}`);
  const { rowCount: taken } = await session.client.query(refillSql(shadow, plan.columns, plan.overriding));
  if (taken !== tally.taken) throw swallowed(table, tally.taken, taken ?? 0);
  await session.execute(`drop table ${tableIdent(shadow.table)}`);
  const replaced = { tally, before: before ?? 0 };
  consent(replaced);
  return replaced;
}

/** Whatever this version of PostgreSQL knows of a table that we forgot: then the old one stays. */
async function isAlike({ session, table }: WriteJob, { table: own, facts, indexNames }: Shadow): Promise<boolean> {
  const names = new Map(facts.indexes.map(({ name }, place) => [indexNames[place] ?? "", name]));
  const [wanted, made] = [await describeTable(session, table), await describeTable(session, own, names)];
  return wanted.length === made.length && wanted.every((line, place) => line === made[place]);
}

async function countRows({ session, table }: WriteJob): Promise<number> {
  const [row] = await session.query<{ rows: string }>(`select count(*)::text as rows from ${tableIdent(table)}`);
  return Number(row?.rows);
}

/** What the server says of the shadow it says of the table; only that one is known to anybody. */
async function inItsName<T>({ table, of, facts, indexNames }: Shadow, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const said = error instanceof Error && error.cause instanceof DatabaseError ? error.cause : error;
    if (!(said instanceof DatabaseError)) throw error;
    for (const [place, own] of indexNames.entries()) {
      const { name = "" } = facts.indexes[place] ?? {};
      said.message = said.message.replaceAll(own, name);
      if (said.constraint === own) said.constraint = name;
    }
    said.message = said.message.replaceAll(table.name, of.name);
    if (said.table === table.name) said.table = of.name;
    throw error;
  }
}
