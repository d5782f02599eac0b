import type { RowBatch } from "../batch-writer.ts";

/** A row that this format cannot hold, by its place among those that were to be encoded. */
export type UnfitRow = { readonly index: number; readonly column: string; readonly sentence: string };

export type Encoded = { readonly bytes: Uint8Array; readonly unfit: readonly UnfitRow[] };

/** What an encoder needs of a batch: its rows, as texts or as they came. */
export type RowsToEncode = Pick<RowBatch, "rows" | "lines">;

/**
 * Makes the bytes of a file of rows; some formats hold rows back until there are enough. Bytes that were handed out are
 * the encoder's again when it is asked for more.
 */
export type FileEncoder = {
  begin(): Uint8Array;
  encode(batch: RowsToEncode): Encoded;
  end(): Uint8Array;
};

export const noBytes = new Uint8Array(0);
