import { destinationFacts } from "../destination-facts.ts";
import { insertMissingSql } from "../stage-sql.ts";
import { countChanges, fillStage, requireGoodKeys, swallowed } from "../stage.ts";
import { nothingDone, type WriteJob, type Written } from "./write-job.ts";

/** Adds rows whose key is new; rows that are there already are skipped, whatever they hold. */
export async function insertMissing(job: WriteJob): Promise<Written> {
  const { session, table, plan } = job;
  const tally = await fillStage(job);
  job.onMerging();
  await requireGoodKeys(session, plan, table);
  const { intercepted } = await destinationFacts(session, table);
  // Only then could a row be missing from the count for another reason than its key.
  const foretold = intercepted ? await countChanges(session, table, plan) : undefined;
  const [inserted] = await session.query<{ created: string }>(insertMissingSql(table, plan));
  const created = Number(inserted?.created);
  if (foretold && foretold.created !== created) throw swallowed(table, foretold.created, created);
  return { ...nothingDone, created, skipped: tally.taken - created, tally };
}
