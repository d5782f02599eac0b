import { z } from "zod";
import { endpoint, eventStream } from "./endpoint.ts";
import { idSchema, instantSchema } from "./fields.ts";

export const runStatuses = ["queued", "running", "succeeded", "failed", "cancelled"] as const;
export const runStages = ["connecting", "reading", "merging", "finishing"] as const;

/** Why a run can fail. Closed list: the web application has copy for each, and a test says so. */
export const runCodes = [
  "source_unreachable",
  "destination_unreachable",
  "source_table_missing",
  "destination_table_missing",
  "source_column_missing",
  "destination_column_missing",
  "source_forbidden",
  "destination_forbidden",
  "state_forbidden",
  "rows_hidden",
  "source_changed",
  "source_empty",
  "destination_read_only",
  "no_unique_key",
  "key_repeated",
  "key_empty",
  "value_repeated",
  "value_required",
  "value_refused",
  "value_too_long",
  "value_out_of_range",
  "value_wrong_type",
  "reference_missing",
  "rows_swallowed",
  "receipt_unbalanced",
  "disk_full",
  "too_slow",
  "table_locked",
  "line_cut",
  "another_run_took_over",
  "worker_lost",
  "secret_unreadable",
  "unexpected",
] as const;
export const runCodeSchema = z.enum(runCodes);
export type RunCode = z.infer<typeof runCodeSchema>;

export const runFailureSchema = z.object({
  origin: z.enum(["source", "destination", "flow", "platform"]),
  /** `settings`: someone must change something. `temporary`: trying again helps. `bug`: ours. */
  kind: z.enum(["settings", "temporary", "bug"]),
  code: runCodeSchema,
  facts: z.record(z.string(), z.string()),
  /** The other side's own words, cut and free of secrets and row values. */
  detail: z.string(),
  retryable: z.boolean(),
});
export type RunFailure = z.infer<typeof runFailureSchema>;

const count = z.int().min(0);

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
  trigger: z.enum(["manual", "schedule"]),
  status: z.enum(runStatuses),
  attempt: z.int(),
  cancelRequested: z.boolean(),
  scheduledFor: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  progress: progressSchema.nullable(),
  receipt: receiptSchema.nullable(),
  failure: runFailureSchema.nullable(),
});
export type Run = z.infer<typeof runSchema>;

const runParamsSchema = z.strictObject({ runId: idSchema });

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
