import type { RowBatch } from "../batch-writer.ts";
import { batchOfLines } from "./copy-lines.ts";

const lineFeed = 10;

export type BatchSize = { readonly rows: number; readonly bytes: number };

/** Requests are best with 1,000 events; COPY sends pieces of 64 KB, some 230 rows. */
const usualSize: BatchSize = { rows: 1_000, bytes: 512 * 1024 };

/**
 * Cuts the data of `COPY (select …, version) TO STDOUT` (text format, UTF-8) into batches. No value is looked at: reading
 * costs hardly more than receiving. `positionOf` says where reading stands after the rows of a batch.
 */
export async function* readBatches(
  chunks: AsyncIterable<Buffer>,
  positionOf: (lastLine: Buffer, seq: number) => string,
  size: BatchSize = usualSize,
): AsyncGenerator<RowBatch> {
  let held: Buffer[] = [];
  let [heldBytes, count, seq] = [0, 0, 0];
  const close = (): RowBatch => {
    const bytes = joined(held, heldBytes);
    const lastLine = bytes.subarray(bytes.lastIndexOf(lineFeed, -2) + 1, -1);
    const batch = batchOfLines(seq, positionOf(lastLine, seq), { bytes, count });
    held = [];
    [heldBytes, count] = [0, 0];
    seq += 1;
    return batch;
  };
  const hold = (piece: Buffer): void => {
    if (piece.length === 0) return;
    held.push(piece);
    heldBytes += piece.length;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, end + 1)) {
      count += 1;
      if (count < size.rows && heldBytes + end - start < size.bytes) continue;
      hold(chunk.subarray(start, end + 1));
      start = end + 1;
      yield close();
    }
    hold(chunk.subarray(start));
  }
  const last = held.at(-1);
  if (last === undefined) return;
  if (last.at(-1) !== lineFeed) throw new Error("The data of COPY ends in the middle of a row.");
  yield close();
}

/** A copy in any case: a piece of a chunk would keep all of it in memory. */
function joined(pieces: readonly Buffer[], length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const piece of pieces) at += piece.copy(bytes, at);
  return bytes;
}
