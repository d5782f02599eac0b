import { tableIdent, idents } from "../../identifiers.ts";
import type { CopyTally } from "../copy-rows.ts";
import { keyOperators } from "../destination-facts.ts";
import { stageDifferences } from "../key-hashes/stage-differences.ts";
import { requireConsent } from "../mirror-guards.ts";
import { goneCondition, openMirrorKeys, saveMirrorKeys, type MirrorKeys } from "../mirror-keys.ts";
import { countChanges, fillStage, requireGoodKeys, swallowed } from "../stage.ts";
import type { KeyOperators } from "../stage-sql.ts";
import { requireKept } from "../undo/undo-log.ts";
import { mergeChanges } from "./upsert.ts";
import { type WriteJob, type Written } from "./write-job.ts";

/** What a mirror has at the destination before it changes anything, whichever way it came. */
export type Arrived = {
  /** Of all rows at the source; the stage may hold only those that differ. */
  readonly tally: CopyTally;
  readonly destinationRows: number;
  /** SQL condition on rows `t` this flow carries and the source no longer has. */
  readonly gone: string;
  /** Makes the list of keys that of the source. */
  readonly saveKeys: () => Promise<void>;
};

type GoneRow = { readonly deleted: string; readonly samples: string[] | null };

/**
 * Makes the destination what the source is, as far as this flow brought the rows: adds, updates, and deletes rows it
 * carried that are gone at the source. The guards G1 to G8 come before the first change (reliability §4.5): G1 and G2
 * are the counts and keys of what arrived, G6 the snapshot's lock, G8 the list of keys.
 */
export async function mirror(job: WriteJob): Promise<Written> {
  const { session, table, plan, flowId, confirmation, past } = job;
  const keys = await openMirrorKeys(session, flowId, table, plan);
  const operators = await keyOperators(session, table, plan.syncKey);
  const arrived = (await stageDifferences(job, keys, operators)) ?? (await stageAll(job, keys, operators));
  const { tally, gone, destinationRows } = arrived;
  job.onMerging();
  const [found] = await session.query<GoneRow>(
    `with gone as materialized (select ${idents(plan.syncKey, "t.")} from ${tableIdent(table)} t where ${gone})
     select (select count(*) from gone)::text as deleted,
            (select pg_catalog.array_agg(g::text) from (select * from gone limit 20) as g) as samples`,
  );
  const deleted = Number(found?.deleted);
  const changes = await countChanges(session, table, plan);
  const facts = { ...changes, deleted, destinationRows, sampleKeys: found?.samples ?? [] };
  requireConsent({ ...facts, ...past, first: !keys.known, arrived: tally.taken }, confirmation);

  const kept = await job.undo?.keepGone(gone);
  const { rowCount } = await session.client.query(`delete from ${tableIdent(table)} t where ${gone}`);
  if (rowCount !== deleted) throw swallowed(table, deleted, rowCount ?? 0);
  requireKept(kept, deleted, table);
  const merged = await mergeChanges(job, tally.taken);
  await arrived.saveKeys();
  return { ...merged, deleted, tally };
}

/** Lets all rows travel. */
async function stageAll(job: WriteJob, keys: MirrorKeys, operators: KeyOperators): Promise<Arrived> {
  const { session, table, plan } = job;
  const tally = await fillStage(job);
  await requireGoodKeys(session, plan, table);
  const [found] = await session.query<{ rows: string }>(`select count(*)::text as rows from ${tableIdent(table)}`);
  return {
    tally,
    destinationRows: Number(found?.rows),
    gone: goneCondition(keys, operators),
    saveKeys: () => saveMirrorKeys(session, keys, plan, operators),
  };
}
