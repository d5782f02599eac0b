import { z } from "zod";
import { rowFaultCodes } from "./destinations.ts";
import { endpoint } from "./endpoint.ts";
import { idSchema } from "./fields.ts";
import { runCodes } from "./run-failures.ts";
import { runParamsSchema, runSchema } from "./runs.ts";

/** Why a row is set aside: what a database said, or what a receiver or a file cannot take. */
export const rejectedCodeSchema = z.enum([...runCodes, ...rowFaultCodes]);
export type RejectedCode = z.infer<typeof rejectedCodeSchema>;

/** A row that was set aside while the others went on. It holds no value but the key's. */
export const rejectedRowSchema = z.object({
  /** The values of the key, or of all columns where the flow has none, as PostgreSQL writes a row: `(17,"a b")`. */
  key: z.string(),
  column: z.string().nullable(),
  /** What the row broke, by name. */
  constraint: z.string().nullable(),
  code: rejectedCodeSchema,
  /** What a receiver or a file format has against it, where the code alone does not say. */
  sentence: z.string().optional(),
});
export type RejectedRow = z.infer<typeof rejectedRowSchema>;

export const listRejectedRows = endpoint({
  method: "get",
  path: "/api/runs/:runId/rejected",
  tag: "Runs",
  summary: "The rows a run set aside because the destination refused them; kept for 14 days.",
  access: "editor",
  params: runParamsSchema,
  response: z.object({
    rows: z.array(rejectedRowSchema),
    /** Whether `retryRejectedRows` would be obeyed. */
    retryable: z.boolean(),
    /** The run that has tried these rows again; they left this list, and those in trouble stand on that one's. */
    retriedBy: idSchema.nullable(),
  }),
});

export const retryRejectedRows = endpoint({
  method: "post",
  path: "/api/runs/:runId/retry-rejected",
  tag: "Runs",
  summary: "Starts a run that reads only the rows the flow's newest run set aside, by their keys, and writes them.",
  access: "editor",
  params: runParamsSchema,
  response: runSchema,
});
