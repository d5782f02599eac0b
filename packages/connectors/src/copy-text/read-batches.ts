import type { RowBatch } from "../batch-writer.ts";
import { batchOfLines } from "./copy-lines.ts";

const lineFeed = 10;

export type BatchSize = { readonly rows: number; readonly bytes: number };

/** Requests are best with 1,000 events; COPY sends pieces of 64 KB, some 230 rows. */
const usualSize: BatchSize = { rows: 1_000, bytes: 512 * 1024 };

/**
 * Cuts the data of `COPY (select …, version) TO STDOUT` (text format, UTF-8) into batches. No value is looked at and
 * hardly a byte copied. `positionOf` says where reading stands after the rows of a batch.
 */
export async function* readBatches(
  chunks: AsyncIterable<Buffer>,
  positionOf: (lastLine: Buffer, seq: number) => string,
  size: BatchSize = usualSize,
): AsyncGenerator<RowBatch> {
  let pieces: Buffer[] = [];
  /** The beginning of a line whose end has not come. */
  let rest: Buffer[] = [];
  let [bytes, count, seq] = [0, 0, 0];
  const hold = (piece: Buffer): void => {
    if (piece.length > 0) pieces.push(piece);
  };
  const close = (): RowBatch => {
    const batch = batchOfLines(seq, positionOf(lastLine(pieces), seq), { pieces, count });
    pieces = [];
    [bytes, count] = [0, 0];
    seq += 1;
    return batch;
  };
  for await (const chunk of chunks) {
    let start = 0;
    let lineStart = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, lineStart)) {
      count += 1;
      bytes += end + 1 - lineStart;
      lineStart = end + 1;
      if (rest.length > 0) {
        hold(Buffer.concat([...rest, chunk.subarray(start, lineStart)]));
        rest = [];
        start = lineStart;
      }
      if (count < size.rows && bytes < size.bytes) continue;
      hold(chunk.subarray(start, lineStart));
      start = lineStart;
      yield close();
    }
    hold(chunk.subarray(start, lineStart));
    if (lineStart === chunk.length) continue;
    rest.push(chunk.subarray(lineStart));
    bytes += chunk.length - lineStart;
  }
  if (rest.length > 0) throw new Error("The data of COPY ends in the middle of a row.");
  if (count > 0) yield close();
}

const noBytes = Buffer.alloc(0);

function lastLine(pieces: readonly Buffer[]): Buffer {
  const piece = pieces.at(-1) ?? noBytes;
  return piece.subarray(piece.length < 2 ? 0 : piece.lastIndexOf(lineFeed, piece.length - 2) + 1, -1);
}
