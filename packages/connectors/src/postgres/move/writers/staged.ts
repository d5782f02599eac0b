import { mergeCarefully, type Merge } from "../rejects/careful-merge.ts";
import { fillStage, requireGoodKeys } from "../stage.ts";
import type { WriteJob, Written } from "./write-job.ts";

/** A writer that collects all rows beside the table, looks at their keys, and then merges them. */
export function staged(merge: Merge): (job: WriteJob) => Promise<Written> {
  return async (job) => {
    const { session, table, plan, rejects } = job;
    const tally = await fillStage(job);
    await job.turn();
    job.onMerging();
    if (!job.keysProven) await requireGoodKeys(session, plan, table);
    if (!rejects) return { ...(await merge(job, tally.taken)), tally };
    const { rejected, ...counts } = await mergeCarefully(job, rejects, tally.taken, merge);
    return { ...counts, tally: { ...tally, rejected: tally.rejected + rejected } };
  };
}
