import { z } from "zod";
import { receiverCodes } from "./destinations.ts";

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
