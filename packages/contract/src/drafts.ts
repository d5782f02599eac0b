import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { checkFailureSchema } from "./connection-check.ts";
import { idSchema, identifierSchema, instantSchema, labelSchema } from "./fields.ts";
import { scheduleSchema, typedScheduleSchema } from "./schedule.ts";

/** What a run does with new, changed and deleted rows; `core` holds the table of what each mode does. */
export const writeModes = ["append", "upsert"] as const;
export const writeModeSchema = z.enum(writeModes, { error: "Choose what happens to rows that are already there." });
export type WriteMode = z.infer<typeof writeModeSchema>;

export const tableNameSchema = z.object({ schema: identifierSchema, name: identifierSchema });
export type TableName = z.infer<typeof tableNameSchema>;

export const credentialsAnswersSchema = z.object({
  connectionId: z.uuid({ error: "Choose a saved connection or fill in a new one." }),
});

/** The connection and the state of it that passed the check. */
export const testAnswersSchema = z.object({ connectionId: idSchema, connectionRevision: z.int() });

export const tableAnswersSchema = z.object({
  schema: identifierSchema,
  name: z.string({ error: "Choose a table." }).pipe(identifierSchema),
});

export const destinationAnswersSchema = z.object({
  connectionId: z.uuid({ error: "Choose where the rows go." }),
  target: z.enum(["existing", "create"], { error: "Choose a table or let Headgate create one." }),
  schema: z.string({ error: "Choose a schema." }).pipe(identifierSchema),
  name: z.string({ error: "Choose a table." }).pipe(identifierSchema),
  writeMode: writeModeSchema,
  /**
   * Columns that tell rows apart, in the order of a unique index. For an existing table they are its columns; for a
   * table still to be created they are the source's columns, whatever the mapping renames them to.
   */
  syncKey: z.array(identifierSchema).max(32).default([]),
});
export type DestinationAnswers = z.infer<typeof destinationAnswersSchema>;

/** One column that travels: its name at the source and its name at the destination. */
export const fieldMappingSchema = z.object({ source: identifierSchema, destination: identifierSchema });
export type FieldMapping = z.infer<typeof fieldMappingSchema>;

export const mappingAnswersSchema = z.object({
  fields: z.array(fieldMappingSchema).min(1, { error: "Tick at least one column." }).max(1600),
});
export type MappingAnswers = z.infer<typeof mappingAnswersSchema>;

export const reviewAnswersSchema = z.object({
  name: z.string({ error: "Give the flow a name." }).pipe(labelSchema),
  runNow: z.boolean(),
});

/** The seven steps in order, each with the schema of its finished answers. */
export const stepIds = ["credentials", "test", "table", "destination", "mapping", "schedule", "review"] as const;
export const stepIdSchema = z.enum(stepIds);
export type StepId = z.infer<typeof stepIdSchema>;

export const stepAnswersSchemas = {
  credentials: credentialsAnswersSchema,
  test: testAnswersSchema,
  table: tableAnswersSchema,
  destination: destinationAnswersSchema,
  mapping: mappingAnswersSchema,
  schedule: scheduleSchema,
  review: reviewAnswersSchema,
} as const;
export type StepAnswers = { [S in StepId]: z.infer<(typeof stepAnswersSchemas)[S]> };

const text = z.string().max(2000).optional();

/** The connection form as far as it is typed, without any secret: those are never part of a draft. */
export const typedConnectionSchema = z.strictObject({
  name: text,
  host: text,
  port: z.union([z.number(), z.string().max(40)]).optional(),
  database: text,
  user: text,
  tlsMode: z.string().max(20).optional(),
  caCertificate: z.string().max(1_000_000).optional(),
});
export type TypedConnection = z.infer<typeof typedConnectionSchema>;

const typedConnectionChoice = {
  /** Whether the person is choosing a saved connection or typing a new one. */
  choice: z.enum(["saved", "new"]).optional(),
  connectionId: idSchema.optional(),
  form: typedConnectionSchema.optional(),
};

/** What a step holds while it is being filled in: everything optional, nothing judged yet, nothing unknown accepted. */
export const typedStepSchemas = {
  credentials: z.strictObject(typedConnectionChoice),
  test: z.strictObject({ connectionId: idSchema.optional(), connectionRevision: z.int().optional() }),
  table: z.strictObject({ schema: text, name: text }),
  destination: z.strictObject({
    ...typedConnectionChoice,
    target: z.enum(["existing", "create"]).optional(),
    schema: text,
    name: text,
    writeMode: writeModeSchema.optional(),
    syncKey: z.array(z.string().max(300)).max(32).optional(),
  }),
  mapping: z.strictObject({
    fields: z
      .array(z.strictObject({ source: z.string().max(300), destination: z.string().max(300) }))
      .max(1600)
      .optional(),
  }),
  schedule: typedScheduleSchema,
  review: z.strictObject({ name: text, runNow: z.boolean().optional() }),
} as const satisfies Record<StepId, z.ZodType>;

const typedStepsSchema = z.strictObject({
  credentials: typedStepSchemas.credentials.optional(),
  test: typedStepSchemas.test.optional(),
  table: typedStepSchemas.table.optional(),
  destination: typedStepSchemas.destination.optional(),
  mapping: typedStepSchemas.mapping.optional(),
  schedule: typedStepSchemas.schedule.optional(),
  review: typedStepSchemas.review.optional(),
});
export type TypedSteps = z.infer<typeof typedStepsSchema>;

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
