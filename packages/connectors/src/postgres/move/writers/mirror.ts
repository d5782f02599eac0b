import { tableIdent, idents } from "../../identifiers.ts";
import { keyOperators } from "../destination-facts.ts";
import { requireConsent } from "../mirror-guards.ts";
import { goneCondition, openMirrorKeys, saveMirrorKeys } from "../mirror-keys.ts";
import { countChanges, fillStage, requireGoodKeys, swallowed } from "../stage.ts";
import { mergeChanges } from "./upsert.ts";
import { type WriteJob, type Written } from "./write-job.ts";

type GoneRow = { readonly deleted: string; readonly rows: string; readonly samples: string[] | null };

/**
 * Makes the destination what the source is, as far as this flow brought the rows: adds, updates, and deletes rows it
 * carried that are gone at the source. The guards G1 to G8 come before the first change (reliability §4.5): G1 and G2
 * are the stage's own counts and keys, G6 the snapshot's lock, G8 the list of keys.
 */
export async function mirror(job: WriteJob): Promise<Written> {
  const { session, table, plan, flowId, confirmation, past } = job;
  const tally = await fillStage(job);
  job.onMerging();
  await requireGoodKeys(session, plan, table);
  const keys = await openMirrorKeys(session, flowId, table, plan);
  const operators = await keyOperators(session, table, plan.syncKey);
  const gone = goneCondition(keys, operators);
  const [found] = await session.query<GoneRow>(
    `with gone as (select ${idents(plan.syncKey, "t.")} from ${tableIdent(table)} t where ${gone})
     select (select count(*) from gone)::text as deleted, (select count(*) from ${tableIdent(table)})::text as rows,
            (select pg_catalog.array_agg(g::text) from (select * from gone limit 20) as g) as samples`,
  );
  const deleted = Number(found?.deleted);
  const changes = await countChanges(session, table, plan);
  const facts = { ...changes, deleted, destinationRows: Number(found?.rows), sampleKeys: found?.samples ?? [] };
  requireConsent({ ...facts, ...past, first: !keys.known, arrived: tally.taken }, confirmation);

  const { rowCount } = await session.client.query(`delete from ${tableIdent(table)} t where ${gone}`);
  if (rowCount !== deleted) throw swallowed(table, deleted, rowCount ?? 0);
  const merged = await mergeChanges(job, tally.taken);
  await saveMirrorKeys(session, keys, plan, operators);
  return { ...merged, deleted, tally };
}
