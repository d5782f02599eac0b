import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { checkFailureSchema } from "./connection-check.ts";
import { idSchema, instantSchema } from "./fields.ts";
import { rejectedRowSchema } from "./rejected-rows.ts";
import { stepIds } from "./step-answers.ts";
import { typedStepSchemas, typedStepsSchema } from "./typed-steps.ts";

export const draftSchema = z.object({
  id: idSchema,
  /** Grows with every save; a save from an older one is refused with `error:draft/outdated`. */
  revision: z.int(),
  /** Started from "Try with sample data". */
  practice: z.boolean(),
  steps: typedStepsSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Draft = z.infer<typeof draftSchema>;

export const draftParamsSchema = z.strictObject({ draftId: idSchema });

export const listDrafts = endpoint({
  method: "get",
  path: "/api/drafts",
  tag: "Drafts",
  summary: "Flows that are not finished yet, last changed first.",
  access: "viewer",
  response: z.object({ drafts: z.array(draftSchema) }),
});

export const createDraft = endpoint({
  method: "post",
  path: "/api/drafts",
  tag: "Drafts",
  summary: "Starts a new flow; with `practice` the sample shop and an empty sample destination are made ready first.",
  access: "editor",
  body: z.strictObject({ practice: z.boolean() }),
  response: draftSchema,
});

export const getDraft = endpoint({
  method: "get",
  path: "/api/drafts/:draftId",
  tag: "Drafts",
  summary: "One unfinished flow with everything answered so far.",
  access: "viewer",
  params: draftParamsSchema,
  response: draftSchema,
});

/** The step and its values travel together, so that values of one step can never be saved as another's. */
const stepBodies = stepIds.map((step) =>
  z.strictObject({
    step: z.literal(step),
    revision: z.int(),
    values: typedStepSchemas[step],
    /** True when the person pressed Continue: then the answers must be complete, or fields are named. */
    finished: z.boolean(),
  }),
);

export const saveStep = endpoint({
  method: "put",
  path: "/api/drafts/:draftId/step",
  tag: "Drafts",
  summary: "Saves one step of a draft.",
  access: "editor",
  params: draftParamsSchema,
  body: z.discriminatedUnion("step", stepBodies as [(typeof stepBodies)[number], ...typeof stepBodies]),
  response: draftSchema,
});

export const deleteDraft = endpoint({
  method: "delete",
  path: "/api/drafts/:draftId",
  tag: "Drafts",
  summary: "Throws a draft away; connections saved on the way stay.",
  access: "editor",
  params: draftParamsSchema,
  response: z.object({}),
});

export const previewCreateTable = endpoint({
  method: "get",
  path: "/api/drafts/:draftId/create-table",
  tag: "Drafts",
  summary: "The SQL with which Headgate would create the destination table.",
  access: "editor",
  params: draftParamsSchema,
  response: z.discriminatedUnion("status", [
    z.object({ status: z.literal("succeeded"), sql: z.string() }),
    z.object({ status: z.literal("failed"), failure: checkFailureSchema }),
  ]),
});

/** Why a dry run could not count; the run itself would meet the same. */
export const dryRunSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("succeeded"),
    read: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    /** Not the mode's business: rows already there, or rows that are not there. */
    skipped: z.int(),
    /** Left behind, because they break a rule of the flow. Absent: none. */
    invalid: z.int().optional(),
    deleted: z.int(),
    /** Towards a receiver or a file: the first rows as they would be sent, each a JSON text. Nothing was sent. */
    samples: z.array(z.string()).max(20).optional(),
    /** Towards a receiver or a file: those of the first rows that could not be sent, and why. */
    unfit: z.array(rejectedRowSchema).max(20).optional(),
    milliseconds: z.number(),
  }),
  z.object({
    status: z.literal("failed"),
    failure: z.object({
      origin: z.enum(["source", "destination", "flow", "platform"]),
      code: z.string(),
      facts: z.record(z.string(), z.string()),
      detail: z.string(),
    }),
  }),
]);
export type DryRun = z.infer<typeof dryRunSchema>;

export const dryRunDraft = endpoint({
  method: "post",
  path: "/api/drafts/:draftId/dry-run",
  tag: "Drafts",
  summary: "Counts what the first run would create, change and leave, without writing anything.",
  access: "editor",
  params: draftParamsSchema,
  response: dryRunSchema,
});

export const publishDraft = endpoint({
  method: "post",
  path: "/api/drafts/:draftId/publish",
  tag: "Drafts",
  summary: "Turns a finished draft into a flow, and starts its first run when asked to.",
  access: "editor",
  params: draftParamsSchema,
  body: z.strictObject({ revision: z.int() }),
  response: z.object({ flowId: idSchema, runId: idSchema.nullable() }),
});
