import type { TextRow } from "../batch-writer.ts";

/** A row that this format cannot hold, by its place among those that were to be encoded. */
export type UnfitRow = { readonly index: number; readonly column: string; readonly sentence: string };

export type Encoded = { readonly bytes: Uint8Array; readonly unfit: readonly UnfitRow[] };

/** Makes the bytes of a file of rows; some formats hold rows back until there are enough. */
export type FileEncoder = {
  begin(): Uint8Array;
  encode(rows: readonly TextRow[]): Encoded;
  end(): Uint8Array;
};

export const noBytes = new Uint8Array(0);
