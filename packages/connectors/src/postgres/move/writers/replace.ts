import { tableIdent } from "../../identifiers.ts";
import { requireConsent } from "../mirror-guards.ts";
import { append } from "./append.ts";
import type { WriteJob, Written } from "./write-job.ts";

/**
 * Puts the source's rows in place of all that is there. Readers see the old content until the run commits and the new
 * one after it, never a mixture. Where far fewer rows would be there than before, a person is asked (G3, G4), or the source is
 * another one than before (G5).
 */
export async function replace(job: WriteJob): Promise<Written> {
  const { session, table, confirmation, past } = job;
  const { rowCount } = await session.client.query(`delete from ${tableIdent(table)}`);
  const before = rowCount ?? 0;
  const written = await append(job);
  // Of another source nothing is known, so all rows that were there count.
  const fewer = past.sourceChanged ? before : Math.max(0, before - written.created);
  const facts = { created: written.created, updated: 0, deleted: fewer, destinationRows: before, sampleKeys: [] };
  requireConsent({ ...facts, ...past, first: false, arrived: written.tally.read }, confirmation);
  return { ...written, deleted: before };
}
