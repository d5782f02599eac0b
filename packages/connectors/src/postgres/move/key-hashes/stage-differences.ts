import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import { ident, idents, tableIdent } from "../../identifiers.ts";
import { ownFault } from "../run-failures.ts";
import { createStageSql, sameKeySql, stage, type KeyOperators } from "../stage-sql.ts";
import { refuseKeys } from "../stage.ts";
import type { MirrorKeys } from "../mirror-keys.ts";
import type { Arrived } from "../writers/mirror.ts";
import type { WriteJob } from "../writers/write-job.ts";
import { compareSides, type Compared } from "./compare-sides.ts";
import { planComparison, type Comparison } from "./comparison.ts";
import type { Differences } from "./differences.ts";
import { HashRows } from "./hash-rows.ts";
import { sumKeyList } from "./key-list-sum.ts";
import { selectByKeys } from "./key-lists.ts";
import { changedSum, type KeySum } from "./key-sum.ts";

/** Differing keys wait here beside the stage of their rows. */
const differing = "pg_temp.headgate_diff";
const [mark, isGone] = [ident("headgate mark"), ident("headgate gone")];

/** Up to this part of the rows it is faster to go after them one by one than to let all of them travel. */
const worthwhilePart = 0.2;
/** Differing keys are kept in memory. */
const worthwhileBytes = 32 * 1024 * 1024;
const batchKeys = 5_000;

/**
 * Finds out by keys and hashes which rows differ, and lets only those travel into the stage. Undefined, with nothing
 * left behind, where that cannot be told or is not worth it: then all rows have to travel.
 */
export async function stageDifferences(
  job: WriteJob,
  keys: MirrorKeys,
  operators: KeyOperators,
): Promise<Arrived | undefined> {
  const { session, past, table, plan, reading, keyList } = job;
  if (keyList.diffRows === 0 || !keys.known || past.sourceChanged || past.questionChanged) return undefined;
  const comparison = await planComparison(job);
  if (!comparison) return undefined;
  const line = { watch: reading.watches.destination, quietMs: reading.quietMs };
  const listed = keyList.known ?? (await sumKeyList(session, keys.name, comparison.key, line));
  const found = await compare(job, comparison);
  if (!found) return undefined;
  const { compared, rows, destinationRows, bytes } = found;
  refuseKeys({ empty: String(compared.faults.empty), repeated: String(compared.faults.repeated) }, plan, table);

  const { differences } = compared;
  await stageKeys(job, comparison, differences);
  const after = await sumAfter(job, keys, operators, listed);
  const whole = { count: compared.keys.count, sum: String(compared.keys.sum()) };
  const taken = isSame(after, whole) ? await stageRows(job, comparison, differences) : undefined;
  if (taken === undefined) {
    await session.execute(`drop table ${differing}; drop table if exists ${stage}`);
    return undefined;
  }
  await reading.end();
  const same = sameKeySql(operators, "t", "x");
  return {
    tally: { read: rows, taken: rows, rejected: 0, bytes: bytes + taken.bytes },
    destinationRows,
    gone: `exists (select from ${differing} x join ${keys.name} k on ${sameKeySql(operators, "x", "k")} where x.${isGone} and ${same})`,
    saveKeys: async () => {
      await session.execute(`delete from ${keys.name} t using ${differing} x where x.${isGone} and ${same}`);
      await session.execute(
        `insert into ${keys.name} select ${idents(plan.syncKey)} from ${differing} where not ${isGone}
         on conflict (${idents(plan.syncKey)}) do nothing`,
      );
      keyList.remember({ ...whole, written: comparison.written });
    },
  };
}

type Found = {
  readonly compared: Compared;
  readonly rows: number;
  readonly destinationRows: number;
  readonly bytes: number;
};

/** G1 for keys: as many were read as the servers say they sent, or the run ends. */
async function compare(job: WriteJob, comparison: Comparison): Promise<Found | undefined> {
  const { session, reading, keyList } = job;
  const { watches, quietMs } = reading;
  const keyColumns = comparison.key.length;
  const open = (side: "source" | "destination") =>
    new HashRows({
      session: side === "source" ? reading.session : session,
      side,
      select: comparison[side],
      keyColumns,
      watch: watches[side],
      quietMs,
    });
  const [source, destination] = [open("source"), open("destination")];
  const compared = await compareSides({
    source,
    destination,
    order: comparison.order,
    tooMany: ({ total, bytes }) =>
      bytes > worthwhileBytes ||
      total > Math.max(keyList.diffRows, worthwhilePart * Math.max(source.rows, destination.rows)),
    onRows: () => reading.onRows(source.rows, source.bytes),
  });
  const counted = [await reading.at(() => source.counted()), await destination.counted()];
  if (!compared) return undefined;
  for (const [at, side] of (["source", "destination"] as const).entries()) {
    const read = side === "source" ? source.rows : destination.rows;
    if (counted[at] !== read) throw ownFault(side, { code: "line_cut", kind: "temporary" }, {});
  }
  return { compared, rows: source.rows, destinationRows: destination.rows, bytes: source.bytes };
}

/** Puts the differing keys beside the table, as they came. */
async function stageKeys({ session, table }: WriteJob, { key }: Comparison, differences: Differences): Promise<void> {
  await session.execute(
    `create temp table headgate_diff on commit drop as
       select ${idents(key)}, 0::pg_catalog.int8 as ${mark}, false as ${isGone} from ${tableIdent(table)} with no data`,
  );
  const writer = session.client.query(copyFrom(`copy ${differing} from stdin (format binary)`));
  await pipeline(Readable.from(differences.copyData()), writer);
  await session.execute(`analyze ${differing}`);
}

type Change = Readonly<Record<"lost" | "lostMarks" | "added" | "addedMarks", string>>;

/**
 * The sum the list of keys will have. It is that of the source's keys, unless a key left both sides unseen or came to
 * both unseen: then the list would keep a row somebody may write later, or miss one, and has to be made anew.
 */
async function sumAfter(
  { session }: WriteJob,
  keys: MirrorKeys,
  operators: KeyOperators,
  listed: KeySum,
): Promise<KeySum> {
  const [found] = await session.query<Change>(
    `select count(*) filter (where gone and listed)::text as lost,
            coalesce(sum(mark) filter (where gone and listed), 0)::text as "lostMarks",
            count(*) filter (where not gone and not listed)::text as added,
            coalesce(sum(mark) filter (where not gone and not listed), 0)::text as "addedMarks"
       from (select x.${isGone} as gone, x.${mark} as mark,
                    exists (select from ${keys.name} k where ${sameKeySql(operators, "x", "k")}) as listed
               from ${differing} x) as d`,
  );
  return changedSum(
    listed,
    { count: Number(found?.lost), marks: BigInt(found?.lostMarks ?? 0) },
    { count: Number(found?.added), marks: BigInt(found?.addedMarks ?? 0) },
  );
}

function isSame(one: KeySum, other: KeySum): boolean {
  return one.count === other.count && one.sum === other.sum;
}

/** Lets the differing rows travel. Undefined where the source gives others than it gave before. */
async function stageRows(
  { session, table, plan, reading }: WriteJob,
  { key, order, rows }: Comparison,
  differences: Differences,
): Promise<{ readonly bytes: number } | undefined> {
  await session.execute(createStageSql(table, plan));
  const into = `${stage} (${idents(plan.columns)})`;
  let [taken, bytes] = [0, 0];
  for (const batch of differences.wanted(batchKeys)) {
    const select = await reading.at(() => selectByKeys(reading.session, rows, key, order, batch));
    const tally = await reading.copy(select, into);
    taken += tally.taken;
    bytes += tally.bytes;
  }
  if (taken !== differences.counts.new + differences.counts.changed) return undefined;
  await session.execute(`analyze ${stage} (${idents(key)})`);
  return { bytes };
}
