import { createHash } from "node:crypto";
import { ident } from "../../identifiers.ts";
import type { Session } from "../../session.ts";
import { rowHashSql, type ColumnType } from "../key-hashes/column-hashes.ts";
import { HashRows } from "../key-hashes/hash-rows.ts";
import { resultTypes } from "../key-hashes/result-types.ts";
import { readHashing } from "../key-hashes/same-hashes.ts";
import type { LineWatch } from "../line-watch.ts";
import { ownFault } from "../run-failures.ts";
import { chunkBytes, type HashList } from "./hash-list.ts";
import { entriesOf, entryBytes, findChanged, type ChangedRows, type Entries } from "./compare-lists.ts";

/** What the list of the last run was made with; with anything else hashes say nothing about each other. */
export type ListMark = { readonly list: number; readonly columns: string; readonly hashing: string };

export type CompareOrder = {
  /** What stands after FROM. */
  readonly from: string;
  /** Source columns that travel, and those of them that tell rows apart; without any, all of a row does. */
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly lists: HashList;
  readonly watch: LineWatch;
  readonly quietMs: number;
};

export type Comparison = {
  /** What the list of this run is made with. */
  readonly mark: ListMark;
  /**
   * Goes through all rows, keeps their hashes for the next run, and says which differ from the last one's, unless those
   * are more than `most`.
   */
  readonly compare: (last: ListMark | undefined, most: number) => Promise<ChangedRows | "most">;
  /** What stands after FROM, and the condition, for just those rows. */
  readonly only: (changed: ChangedRows) => { readonly from: string; readonly where: string };
};

/** Looks at how this server would hash these rows. Undefined where it cannot: before PostgreSQL 14. */
export async function openComparison(session: Session, order: CompareOrder): Promise<Comparison | undefined> {
  const { from, columns, key, lists } = order;
  const hashing = await readHashing(session);
  if (!hashing) return undefined;
  const types = await typesOf(session, from, columns);
  const rowHash = hashSql(columns, types);
  const keyHash = key.length === 0 ? rowHash : hashSql(key, await typesOf(session, from, key));
  const question = createHash("sha256")
    .update(JSON.stringify([columns, key, rowHash, keyHash]))
    .digest("base64url");
  const mark = { list: await lists.fresh(), columns: question, hashing: `${hashing.hash} ${hashing.encoding}` };
  return {
    mark,
    compare: async (last, most) => {
      const now = mark.list;
      const rows = readRows(session, `select ${keyHash}, ${rowHash} from ${from} order by 1, 2`, order);
      const kept = keepEntries(rows.entries, (chunk) => lists.add(now, chunk));
      const before = last ? entriesOf(lists.read(last.list)) : nothing;
      const changed = await findChanged(before, kept.entries, last ? most : 0);
      // What is left of the rows belongs into the list as well.
      while (kept.entries.step() || (await kept.entries.next()));
      await kept.end();
      await rows.end();
      await lists.keepOnly(now);
      return changed;
    },
    only: (changed) => changedSql(from, rowHash, changed),
  };
}

function typesOf(session: Session, from: string, columns: readonly string[]): Promise<ColumnType[]> {
  return resultTypes(session, `select ${columns.map((name) => ident(name)).join(", ")} from ${from}`);
}

function hashSql(columns: readonly string[], types: readonly ColumnType[]): string {
  return rowHashSql(columns, types, types);
}

const nothing: Entries = { buffer: Buffer.alloc(0), at: 0, step: () => false, next: async () => false };

/** The two hashes of each row, out of what COPY sends: 2 bytes for the number of fields, 4 before each of them. */
function readRows(session: Session, select: string, { watch, quietMs }: CompareOrder) {
  const rows = new HashRows({ session, side: "source", select, keyColumns: 1, watch, quietMs });
  const entry = Buffer.alloc(entryBytes);
  const take = (there: boolean): boolean => {
    if (!there) return false;
    rows.buffer.copy(entry, 0, rows.keyAt + 4, rows.keyAt + 12);
    rows.buffer.copy(entry, 8, rows.keyAt + 16, rows.keyAt + 24);
    return true;
  };
  const entries: Entries = {
    buffer: entry,
    at: 0,
    step: () => take(rows.step()),
    next: async () => take(await rows.next()),
  };
  const end = async (): Promise<void> => {
    if ((await rows.counted()) !== rows.rows) throw ownFault("source", { code: "line_cut", kind: "temporary" }, {});
  };
  return { entries, end };
}

/** Lets entries pass and writes each down. */
function keepEntries(source: Entries, write: (chunk: Buffer) => Promise<void>) {
  let chunk = Buffer.allocUnsafe(chunkBytes);
  let filled = 0;
  const flush = async (): Promise<void> => {
    if (filled > 0) await write(chunk.subarray(0, filled));
    chunk = Buffer.allocUnsafe(chunkBytes);
    filled = 0;
  };
  const keep = (there: boolean): boolean => {
    if (!there) return false;
    source.buffer.copy(chunk, filled, source.at, source.at + entryBytes);
    filled += entryBytes;
    return true;
  };
  const entries: Entries = {
    buffer: source.buffer,
    at: 0,
    step: () => filled < chunkBytes && keep(source.step()),
    next: async () => {
      if (filled === chunkBytes) await flush();
      return keep(await source.next());
    },
  };
  return { entries, end: flush };
}

/**
 * Rows that are alike have one hash, and of them only those count that were not there before; which of them they are
 * makes no difference.
 */
function changedSql(from: string, rowHash: string, { hashes, before }: ChangedRows): { from: string; where: string } {
  if (hashes.length === 0) return { from, where: "false" };
  const among = `${rowHash} = any ('{${hashes.join(",")}}'::pg_catalog.int8[])`;
  if (before.size === 0) return { from, where: among };
  const numbered = `(select *, ${rowHash} as headgate_hash,
      pg_catalog.row_number() over (partition by ${rowHash}) as headgate_place from ${from} where ${among}) as headgate_changed`;
  const known = `unnest('{${[...before.keys()].join(",")}}'::pg_catalog.int8[], '{${[...before.values()].join(",")}}'::pg_catalog.int8[])`;
  return {
    from: numbered,
    where: `headgate_place > coalesce((select k.n from ${known} as k (hash, n) where k.hash = headgate_hash), 0)`,
  };
}
