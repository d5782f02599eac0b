import { z } from "zod";
import { one, type Queryable } from "../db.ts";

/** Fewer runs say nothing about what is usual; older ones say little. */
const [fewestRuns, mostRuns] = [3, 20];

/** The median of the rows that the last succeeded runs of a flow read; undefined while they are fewer than three. */
export async function usualRows(db: Queryable, flowId: string): Promise<number | undefined> {
  const { runs, rows } = await one(
    db,
    z.object({ runs: z.int(), rows: z.int().nullable() }),
    `select count(*)::int as runs, percentile_disc(0.5) within group (order by read) as rows
       from (select (receipt->>'read')::bigint as read from runs
              where flow_id = $1 and status = 'succeeded' and trigger <> 'undo' order by created_at desc limit $2) last`,
    [flowId, mostRuns],
  );
  return runs < fewestRuns ? undefined : (rows ?? undefined);
}
