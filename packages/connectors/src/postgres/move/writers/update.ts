import { destinationFacts, keyOperators } from "../destination-facts.ts";
import { updateSql } from "../stage-sql.ts";
import { fillStage, requireGoodKeys, swallowed } from "../stage.ts";
import { nothingDone, type WriteJob, type Written } from "./write-job.ts";

type UpdateRow = { readonly updated: string; readonly matched: string; readonly differing: string };

/** Brings rows that are there already up to date; rows whose key is new are skipped. */
export async function update(job: WriteJob): Promise<Written> {
  const { session, table, plan } = job;
  const tally = await fillStage(job);
  job.onMerging();
  await requireGoodKeys(session, plan, table);
  const operators = await keyOperators(session, table, plan.syncKey);
  const { intercepted } = await destinationFacts(session, table);
  const [row] = await session.query<UpdateRow>(updateSql(table, plan, operators));
  const updated = Number(row?.updated);
  const matched = Number(row?.matched);
  const differing = Number(row?.differing);
  // Otherwise only somebody else's change of this very moment can come in between.
  if (intercepted && updated !== differing) throw swallowed(table, differing, updated);
  return { ...nothingDone, updated, unchanged: matched - updated, skipped: tally.taken - matched, tally };
}
