import { z } from "zod";

/** How many keys a list holds and the sum of their marks, modulo 2^64: what a flow remembers of its list. */
export const keySumSchema = z.object({ count: z.int().min(0), sum: z.string().regex(/^\d{1,20}$/) });
export type KeySum = z.infer<typeof keySumSchema>;

export type KeyChange = { readonly count: number; readonly marks: bigint };

/** What the list becomes when keys leave it and others come. */
export function changedSum({ count, sum }: KeySum, lost: KeyChange, added: KeyChange): KeySum {
  const marks = BigInt.asUintN(64, BigInt(sum) - lost.marks + added.marks);
  return { count: count - lost.count + added.count, sum: String(marks) };
}
