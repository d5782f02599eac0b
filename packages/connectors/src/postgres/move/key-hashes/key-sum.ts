import { z } from "zod";

const transaction = z.string().regex(/^\d{1,20}$/);

/** Where both sides stood at the beginning of a run that left them alike. */
export const writtenSchema = z.object({
  /** Every transaction below these had ended, at the source and at the destination. */
  source: transaction,
  destination: transaction,
  /** The run's own transaction at the destination. */
  own: transaction,
  /** Digests of both tables' columns and partitions. */
  shape: z.string(),
});
export type Written = z.infer<typeof writtenSchema>;

/** How many keys a list holds and the sum of their marks, modulo 2^64: what a flow remembers of its list. */
export const keySumSchema = z.object({
  count: z.int().min(0),
  sum: z.string().regex(/^\d{1,20}$/),
  written: writtenSchema.optional(),
});
export type KeySum = z.infer<typeof keySumSchema>;

export type KeyChange = { readonly count: number; readonly marks: bigint };

/** What the list becomes when keys leave it and others come. */
export function changedSum({ count, sum }: KeySum, lost: KeyChange, added: KeyChange): KeySum {
  const marks = BigInt.asUintN(64, BigInt(sum) - lost.marks + added.marks);
  return { count: count - lost.count + added.count, sum: String(marks) };
}
