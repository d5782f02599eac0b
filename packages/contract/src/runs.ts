import { z } from "zod";
import { endpoint, eventStream } from "./endpoint.ts";
import { countSchema as count, idSchema, instantSchema } from "./fields.ts";
import { holdSchema, placeChoices } from "./holds.ts";
import { runFailureSchema } from "./run-failures.ts";

export const runStatuses = ["queued", "running", "succeeded", "failed", "cancelled", "needs_confirmation"] as const;
export const runStages = ["connecting", "reading", "merging", "finishing"] as const;

/** What became of every row. It balances: read = created + updated + unchanged + skipped + invalid + rejected. */
export const receiptSchema = z.object({
  read: count,
  created: count,
  updated: count,
  unchanged: count,
  skipped: count,
  invalid: count,
  rejected: count,
  deleted: count,
  bytes: count,
});
export type Receipt = z.infer<typeof receiptSchema>;

/** What a run noticed about its tables, and went on: none of it touches a column that travels. */
export const runNoteCodes = [
  "columns_added",
  "columns_gone",
  "values_may_lack",
  "rule_broken",
  "waits_for_others",
  "rows_not_found",
] as const;
export const runNoteSchema = z.object({
  code: z.enum(runNoteCodes),
  side: z.enum(["source", "destination"]),
  columns: z.array(z.string()),
  /** Since when a transaction of somebody else keeps rows from being read. */
  since: instantSchema.optional(),
  /** How many rows break a rule of theirs and travel all the same, or were to be tried again and are not there. */
  rows: count.optional(),
});
export type RunNote = z.infer<typeof runNoteSchema>;

export const progressSchema = z.object({
  stage: z.enum(runStages),
  rowsRead: count,
  bytes: count,
  /** The planner's estimate at the start; null when the table was never analysed. */
  rowsEstimated: z.number().nullable(),
});
export type Progress = z.infer<typeof progressSchema>;

export const runSchema = z.object({
  id: idSchema,
  flowId: idSchema,
  trigger: z.enum(["manual", "schedule", "retry", "undo"]),
  status: z.enum(runStatuses),
  attempt: z.int(),
  cancelRequested: z.boolean(),
  scheduledFor: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  progress: progressSchema.nullable(),
  receipt: receiptSchema.nullable(),
  failure: runFailureSchema.nullable(),
  /** What a run that needs confirmation would do. */
  hold: holdSchema.nullable(),
  notes: z.array(runNoteSchema),
});
export type Run = z.infer<typeof runSchema>;

export const runParamsSchema = z.strictObject({ runId: idSchema });

export const listRuns = endpoint({
  method: "get",
  path: "/api/flows/:flowId/runs",
  tag: "Runs",
  summary: "The last runs of a flow, newest first.",
  access: "viewer",
  params: z.strictObject({ flowId: idSchema }),
  query: z.strictObject({ limit: z.coerce.number<number | string>().int().min(1).max(100).default(30) }),
  response: z.object({ runs: z.array(runSchema) }),
});

export const getRun = endpoint({
  method: "get",
  path: "/api/runs/:runId",
  tag: "Runs",
  summary: "One run with its receipt or its failure.",
  access: "viewer",
  params: runParamsSchema,
  response: runSchema,
});

export const watchRun = eventStream({
  method: "get",
  path: "/api/runs/:runId/events",
  tag: "Runs",
  summary: "The run whenever something about it changes, until it has ended.",
  access: "viewer",
  params: runParamsSchema,
  event: runSchema,
});

export const cancelRun = endpoint({
  method: "post",
  path: "/api/runs/:runId/cancel",
  tag: "Runs",
  summary: "Asks a run to stop; rows of an unfinished commit are rolled back.",
  access: "editor",
  params: runParamsSchema,
  response: runSchema,
});

/** How long a question stays open, in hours; later the numbers say little. */
export const confirmationHours = 24;

export const confirmRun = endpoint({
  method: "post",
  path: "/api/runs/:runId/confirm",
  tag: "Runs",
  summary: "Says yes to what a held run would do, by typing its number; starts a run that may.",
  access: "editor",
  params: runParamsSchema,
  body: z.strictObject({ number: z.string().trim().max(20), choice: z.enum(placeChoices).optional() }),
  response: runSchema,
});
