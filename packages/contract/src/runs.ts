import { z } from "zod";
import { receiverCodes, rowFaultCodes } from "./destinations.ts";
import { endpoint, eventStream } from "./endpoint.ts";
import { idSchema, instantSchema } from "./fields.ts";

export const runStatuses = ["queued", "running", "succeeded", "failed", "cancelled", "needs_confirmation"] as const;
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
  "query_refused",
  "cursor_empty",
  "schema_changed",
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
  "rule_broken",
  "sql_refused",
  "too_many_rejected",
  ...receiverCodes,
  "receipt_unbalanced",
  "disk_full",
  "too_slow",
  "table_locked",
  "line_cut",
  "another_run_took_over",
  "undo_impossible",
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

/** Why a run stopped before it wrote anything and waits for a person (reliability §4.3, §4.5). */
export const holdReasons = [
  "first_on_filled",
  "too_many_deletes",
  "source_empty",
  "source_changed",
  "question_changed",
  "place_lost",
  "unusual_count",
] as const;

/** What a person can answer where nobody can tell which rows were added already. */
export const placeChoices = ["read_all", "go_on"] as const;
export type PlaceChoice = (typeof placeChoices)[number];

/** What a run would do to the destination once a person says yes. Nothing was written. */
export const holdSchema = z.object({
  reason: z.enum(holdReasons),
  destinationRows: count,
  created: count,
  updated: count,
  deleted: count,
  /** How many rows a run of the flow usually reads, where that is the question. */
  usual: count.optional(),
  /** Up to 20 keys of rows that would go, as PostgreSQL writes them. */
  sampleKeys: z.array(z.string()),
  /** What a person types to say yes: the number that matters. */
  confirmWith: z.string(),
});
export type Hold = z.infer<typeof holdSchema>;

/** A person's yes to a hold. It counts for deletes, or for rows that are added, up to that number and a tenth. */
export const confirmationSchema = holdSchema
  .pick({ reason: true, deleted: true })
  .extend({ created: count.optional(), choice: z.enum(placeChoices).optional() });
export type Confirmation = z.infer<typeof confirmationSchema>;

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

/** For how many days a run can be undone, unless the next one comes before. */
export const undoDays = 7;

/** Why a run cannot be undone (any more). */
export const undoRefusals = ["not_kept", "newer_run", "too_late", "table_changed", "linked", "triggers"] as const;

/** What undoing a run would do. */
export const undoSchema = z.discriminatedUnion("possible", [
  z.object({
    possible: z.literal(true),
    removed: count,
    restored: count,
    returned: count,
    /** Somebody has changed or deleted these since; they stay as they are. */
    left: count,
  }),
  z.object({ possible: z.literal(false), reason: z.enum(undoRefusals) }),
]);
export type Undo = z.infer<typeof undoSchema>;

export const lookAtUndo = endpoint({
  method: "get",
  path: "/api/runs/:runId/undo",
  tag: "Runs",
  summary: "Counts what undoing a run would do; writes nothing.",
  access: "editor",
  params: runParamsSchema,
  response: z.discriminatedUnion("status", [
    z.object({ status: z.literal("succeeded"), undo: undoSchema }),
    z.object({ status: z.literal("failed"), failure: runFailureSchema }),
  ]),
});

export const undoRun = endpoint({
  method: "post",
  path: "/api/runs/:runId/undo",
  tag: "Runs",
  summary: "Starts a run that takes the rows of this one back, by typing how many there are.",
  access: "editor",
  params: runParamsSchema,
  body: z.strictObject({ number: z.string().trim().max(20) }),
  response: runSchema,
});

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
