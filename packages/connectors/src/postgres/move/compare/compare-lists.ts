/** One row's hashes: 8 bytes of its key, 8 bytes of all of it, each a signed number with its highest byte first. */
export const entryBytes = 16;

/** Entries in order, one at a time: `step` is for those at hand, `next` waits for more. */
export type Entries = {
  buffer: Buffer;
  at: number;
  step(): boolean;
  /** Goes on to the next entry; false after the last. */
  next(): Promise<boolean>;
};

export type ChangedRows = {
  /** Hashes of rows that are new or changed, in no order, with how many of the same were there before. */
  readonly hashes: readonly bigint[];
  readonly before: ReadonlyMap<bigint, number>;
};

/**
 * Goes through the list of the last run and the rows of now side by side. What stands more often now than before is new
 * or changed. Where more than `most` rows are, the answer is that, and not which.
 */
export async function findChanged(last: Entries, now: Entries, most: number): Promise<ChangedRows | "most"> {
  const hashes: bigint[] = [];
  const before = new Map<bigint, number>();
  const entry = Buffer.alloc(entryBytes);
  let more = await now.next();
  let older = await last.next();
  while (more) {
    now.buffer.copy(entry, 0, now.at, now.at + entryBytes);
    let there = 0;
    let here = 0;
    for (; older && compareEntries(last.buffer, last.at, entry, 0) <= 0; older = last.step() || (await last.next()))
      if (compareEntries(last.buffer, last.at, entry, 0) === 0) there += 1;
    for (; more && compareEntries(now.buffer, now.at, entry, 0) === 0; more = now.step() || (await now.next()))
      here += 1;
    if (here <= there) continue;
    const hash = entry.readBigInt64BE(8);
    hashes.push(hash);
    if (there > 0) before.set(hash, there);
    if (hashes.length > most) return "most";
  }
  return { hashes, before };
}

/** In the order in which PostgreSQL sorts pairs of int8. */
function compareEntries(one: Buffer, at: number, other: Buffer, otherAt: number): number {
  return (
    one.readInt32BE(at) - other.readInt32BE(otherAt) ||
    one.readUInt32BE(at + 4) - other.readUInt32BE(otherAt + 4) ||
    one.readInt32BE(at + 8) - other.readInt32BE(otherAt + 8) ||
    one.readUInt32BE(at + 12) - other.readUInt32BE(otherAt + 12)
  );
}

/** The entries of chunks, each a whole number of entries. */
export function entriesOf(chunks: AsyncIterable<Buffer>): Entries {
  const iterator = chunks[Symbol.asyncIterator]();
  const entries: Entries = {
    buffer: Buffer.alloc(0),
    at: -entryBytes,
    step: () => {
      if (entries.at + entryBytes >= entries.buffer.length) return false;
      entries.at += entryBytes;
      return true;
    },
    next: async () => {
      while (!entries.step()) {
        const { value, done } = await iterator.next();
        if (done) return false;
        entries.buffer = value;
        entries.at = -entryBytes;
      }
      return true;
    },
  };
  return entries;
}
