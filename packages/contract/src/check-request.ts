import { z } from "zod";
import { tableNameSchema } from "./sources.ts";
import { writeModeSchema } from "./step-answers.ts";

/** What a connection is tested for; nothing said: whether it can be used at all, as a source. */
export const checkRequestSchema = z.strictObject({
  /** As a destination it also has to accept rows. */
  as: z.enum(["source", "destination"]).optional(),
  /** Test exactly this table. Absent: whichever comes first. */
  table: z.strictObject(tableNameSchema.shape).optional(),
  /** What a run will do with rows that are already there. Absent: rows are only added. */
  writeMode: writeModeSchema.optional(),
  /** Send a webhook one signed message with one made-up row, which its receiver cannot tell from a real one. */
  testMessage: z.boolean().optional(),
});
export type CheckRequest = z.infer<typeof checkRequestSchema>;
