import { destinationFacts, keyOperators } from "../destination-facts.ts";
import { updateSql } from "../stage-sql.ts";
import { swallowed } from "../stage.ts";
import { requireKept } from "../undo/undo-log.ts";
import { staged } from "./staged.ts";
import { nothingDone, type Counts, type WriteJob } from "./write-job.ts";

type UpdateRow = { readonly updated: string; readonly matched: string; readonly differing: string };

/** Brings rows that are there already up to date; rows whose key is new are skipped. */
export const update = staged(mergeUpdates);

async function mergeUpdates({ session, table, plan, undo }: WriteJob, rows: number): Promise<Counts> {
  const operators = await keyOperators(session, table, plan.syncKey);
  const { intercepted } = await destinationFacts(session, table);
  const kept = await undo?.keepChanging();
  const [row] = await session.query<UpdateRow>(updateSql(table, plan, operators));
  const updated = Number(row?.updated);
  const matched = Number(row?.matched);
  const differing = Number(row?.differing);
  // Otherwise only somebody else's change of this very moment can come in between.
  if (intercepted && updated !== differing) throw swallowed(table, differing, updated);
  requireKept(kept, updated, table);
  return { ...nothingDone, updated, unchanged: matched - updated, skipped: rows - matched };
}
