import type { FileFormat } from "@headgate/contract";
import { z } from "zod";
import type { RejectedRow } from "../batch-writer.ts";

const rejectedSchema = z.object({
  key: z.string(),
  column: z.string().optional(),
  code: z.enum(["row_too_large", "row_refused", "identifier_empty", "event_empty", "value_unfit"]),
  sentence: z.string(),
});

/** What stands beside a complete file, written last: without it the file does not count. */
export const manifestSchema = z.object({
  headgate: z.literal(1),
  file: z.string(),
  format: z.enum(["csv", "jsonl", "parquet"]),
  compression: z.enum(["none", "gzip", "snappy"]),
  columns: z.array(z.string()),
  rows: z.int(),
  bytes: z.int(),
  /** Of the file's bytes, in hexadecimal. */
  sha256: z.string(),
  flow: z.string(),
  run: z.string(),
  /** Where reading began and ended. */
  from: z.string(),
  to: z.string(),
  /** Rows that could not be written in this format. */
  rejected: z.array(rejectedSchema),
});
export type Manifest = Omit<z.infer<typeof manifestSchema>, "rejected" | "format"> & {
  readonly format: FileFormat;
  readonly rejected: readonly RejectedRow[];
};

/** Reads a manifest; undefined for a text that is none, which counts as no manifest of ours. */
export function readManifest(text: string): Manifest | undefined {
  try {
    const { rejected, ...manifest } = manifestSchema.parse(JSON.parse(text));
    return {
      ...manifest,
      rejected: rejected.map(({ column, ...row }) => ({ ...row, ...(column !== undefined && { column }) })),
    };
  } catch {
    return undefined;
  }
}
