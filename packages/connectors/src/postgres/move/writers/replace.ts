import { tableFacts } from "../../catalog/find-stream.ts";
import { tableIdent } from "../../identifiers.ts";
import { ownFault } from "../run-failures.ts";
import { append } from "./append.ts";
import type { WriteJob, Written } from "./write-job.ts";

/**
 * Puts the source's rows in place of all that is there. Readers see the old content until the run commits and the new
 * one after it, never a mixture. A source that is empty empties nothing (G3): that is rarely what somebody meant.
 */
export async function replace(job: WriteJob): Promise<Written> {
  const { session, table } = job;
  const { rowCount } = await session.client.query(`delete from ${tableIdent(table)}`);
  const deleted = rowCount ?? 0;
  const written = await append(job);
  if (written.tally.read === 0 && deleted > 0)
    throw ownFault(
      "source",
      { code: "source_empty", kind: "settings" },
      { ...tableFacts(table), rows: String(deleted) },
    );
  return { ...written, deleted };
}
