/** Blocks `from` up to, not including, `to` of every file of a table; without `to` all that follow. */
export type BlockRange = { readonly from: number; readonly to: number | undefined };

/**
 * Cuts files of so many blocks, from block `from` on, into ranges that hold about `perPage` blocks together. One range
 * of block numbers goes through all partitions at once, so that a partitioned table is read by the same condition.
 */
export function planRanges(files: readonly number[], from: number, perPage: number): BlockRange[] {
  const blocks = files.toSorted((one, other) => one - other);
  const rest = (start: number): number => blocks.reduce((sum, height) => sum + Math.max(0, height - start), 0);
  const ranges: BlockRange[] = [];
  let start = from;
  // A rest of less than half a page is not worth a commit of its own.
  for (let left = rest(start); left > perPage * 1.5; left = rest(start)) {
    const to = endOfPage(blocks, start, perPage);
    if (rest(to) === 0) break;
    ranges.push({ from: start, to });
    start = to;
  }
  return [...ranges, { from: start, to: undefined }];
}

/** The first block at which a page that begins at `start` is full. Files come shortest first; the ended leave room. */
function endOfPage(blocks: readonly number[], start: number, perPage: number): number {
  const heights = blocks.filter((height) => height > start);
  let at = start;
  let wanted = perPage;
  for (const [index, height] of heights.entries()) {
    const files = heights.length - index;
    if ((height - at) * files >= wanted) return at + Math.ceil(wanted / files);
    wanted -= (height - at) * files;
    at = height;
  }
  return at;
}

/** A condition PostgreSQL 14 and later answers by reading only those blocks. */
export function rangeSql({ from, to }: BlockRange): string {
  return to === undefined ? `ctid >= '(${from},0)'` : `ctid >= '(${from},0)' and ctid < '(${to},0)'`;
}
