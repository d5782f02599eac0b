import { idents } from "../../identifiers.ts";
import { stage } from "../stage-sql.ts";
import { nothingDone, type Counts, type WriteJob } from "../writers/write-job.ts";
import { isRowRefusal, type RejectLog } from "./reject-log.ts";

/** Brings the rows of the stage, `staged` of them, into the table. */
export type Merge = (job: WriteJob, staged: number) => Promise<Counts>;

const all = "pg_temp.headgate_all";
/** No column of anybody is called so. */
const place = `"headgate's place"`;

/**
 * Merges the stage under a savepoint; a part that is refused is halved until the refused rows stand alone, and those
 * are set aside.
 */
export async function mergeCarefully(
  job: WriteJob,
  rejects: RejectLog,
  staged: number,
  merge: Merge,
): Promise<Counts & { readonly rejected: number }> {
  const { session } = job;
  const before = rejects.rows.length;
  const columns = idents(job.plan.columns);
  await session.execute(
    `create temp table headgate_all on commit drop as select ${columns}, row_number() over () as ${place} from ${stage};
     create unique index on ${all} (${place})`,
  );
  const part = async (from: number, to: number): Promise<Counts> => {
    if (from > to) return nothingDone;
    await session.execute(
      `savepoint headgate_part; truncate ${stage};
       insert into ${stage} select ${columns} from ${all} where ${place} between ${from} and ${to}`,
    );
    try {
      const counts = await merge(job, to - from + 1);
      await job.undo?.mark();
      await session.execute("release savepoint headgate_part");
      return counts;
    } catch (error) {
      if (!isRowRefusal(error)) throw error;
      await session.execute("rollback to savepoint headgate_part; release savepoint headgate_part");
      if (from === to) {
        rejects.add(await keyAt(job, from), error);
        return nothingDone;
      }
      const middle = Math.floor((from + to) / 2);
      return sum(await part(from, middle), await part(middle + 1, to));
    }
  };
  const counts = await part(1, staged);
  return { ...counts, rejected: rejects.rows.length - before };
}

async function keyAt({ session, plan }: WriteJob, row: number): Promise<string> {
  const [found] = await session.query<{ key: string }>(
    `select row(${idents(plan.syncKey)})::text as key from ${all} where ${place} = ${row}`,
  );
  return found?.key ?? "";
}

function sum(one: Counts, other: Counts): Counts {
  return {
    created: one.created + other.created,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    skipped: one.skipped + other.skipped,
    deleted: one.deleted + other.deleted,
  };
}
