import { idents, tableIdent } from "../../identifiers.ts";
import { insertSql } from "../stage-sql.ts";
import { fillStage, requireAll } from "../stage.ts";
import { nothingDone, type WriteJob, type Written } from "./write-job.ts";

/** Adds every row. */
export async function append(job: WriteJob): Promise<Written> {
  const { session, table, destination, plan, transfer, onMerging } = job;
  // COPY refuses views and tables under row security; INSERT works on both.
  if (destination.kind !== "view" && !destination.rowSecurity) {
    const tally = await transfer(`${tableIdent(table)} (${idents(plan.columns)})`);
    return { ...nothingDone, created: requireAll(tally, tally.taken, table), tally };
  }
  const tally = await fillStage(job);
  onMerging();
  const { rowCount } = await session.client.query(insertSql(table, plan));
  return { ...nothingDone, created: requireAll(tally, rowCount ?? 0, table), tally };
}
