import { destinationFacts } from "../destination-facts.ts";
import { insertMissingSql } from "../stage-sql.ts";
import { countChanges, swallowed } from "../stage.ts";
import { staged } from "./staged.ts";
import { nothingDone, type Counts, type WriteJob } from "./write-job.ts";

/** Adds rows whose key is new; rows that are there already are skipped, whatever they hold. */
export const insertMissing = staged(mergeMissing);

async function mergeMissing({ session, table, plan }: WriteJob, rows: number): Promise<Counts> {
  const { intercepted } = await destinationFacts(session, table);
  // Only then could a row be missing from the count for another reason than its key.
  const foretold = intercepted ? await countChanges(session, table, plan) : undefined;
  const [inserted] = await session.query<{ created: string }>(insertMissingSql(table, plan));
  const created = Number(inserted?.created);
  if (foretold && foretold.created !== created) throw swallowed(table, foretold.created, created);
  return { ...nothingDone, created, skipped: rows - created };
}
