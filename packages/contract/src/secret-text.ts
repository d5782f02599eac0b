import { z } from "zod";
import { instantSchema } from "./fields.ts";

export const noNul = (text: string): boolean => !text.includes("\0");

export const passwordSchema = z
  .string()
  .max(10_240, { error: "A password has at most 10,240 characters." })
  .refine(noNul, { error: "A password cannot contain an invisible NUL character." });

/** A private key as text; PEM, OpenSSH, or for PFX files Base64. */
export const keyTextSchema = z.string().max(100_000, { error: "A key file has at most 100 kB." });

/** All that is ever told about a stored secret. */
export const storedSecretSchema = z.object({ set: z.boolean(), updatedAt: instantSchema.nullable() });
export type StoredSecret = z.infer<typeof storedSecretSchema>;
