import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { countSchema as count } from "./fields.ts";
import { runFailureSchema } from "./run-failures.ts";
import { runParamsSchema, runSchema } from "./runs.ts";

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
