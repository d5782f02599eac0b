import { tableIdent } from "../../identifiers.ts";
import { requireConsent } from "../mirror-guards.ts";
import { replaceBySwap, type Replaced } from "../shadow/replace-by-swap.ts";
import { requireKept } from "../undo/undo-log.ts";
import { append } from "./append.ts";
import { nothingDone, type WriteJob, type Written } from "./write-job.ts";

/**
 * Puts the source's rows in place of all that is there. Readers see the old content until the run commits and the new
 * one after it, never a mixture. Where far fewer rows would be there than before, a person is asked (G3, G4), or the source is
 * another one than before (G5).
 */
export async function replace(job: WriteJob): Promise<Written> {
  const consent = (replaced: Replaced): void => requireYes(job, replaced);
  const { tally, before } =
    (job.undo ? undefined : await replaceBySwap(job, consent)) ?? (await replaceInPlace(job, consent));
  return { ...nothingDone, created: tally.taken, deleted: before, tally };
}

function requireYes({ past, confirmation }: WriteJob, { tally, before }: Replaced): void {
  // Of another source nothing is known, so all rows that were there count.
  const fewer = past.sourceChanged ? before : Math.max(0, before - tally.taken);
  const facts = { created: tally.taken, updated: 0, deleted: fewer, destinationRows: before, sampleKeys: [] };
  requireConsent({ ...facts, ...past, first: false, arrived: tally.read }, confirmation);
}

async function replaceInPlace(job: WriteJob, consent: (replaced: Replaced) => void): Promise<Replaced> {
  const kept = await job.undo?.keepGone("true");
  const { rowCount } = await job.session.client.query(`delete from ${tableIdent(job.table)}`);
  requireKept(kept, rowCount ?? 0, job.table);
  const { tally, created } = await append(job);
  const replaced = { tally: { ...tally, taken: created }, before: rowCount ?? 0 };
  consent(replaced);
  return replaced;
}
