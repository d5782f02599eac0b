import { z } from "zod";
import { eventTypes } from "./event-mapping.ts";
import { idSchema } from "./fields.ts";
import { postgresSettingsSchema } from "./postgres-connection.ts";
import { typedScheduleSchema } from "./schedule.ts";
import { typedChangesSchema, typedQuerySchema } from "./sources.ts";
import { badRowsSchema, readModeSchema, sinkKinds, type StepId, writeModeSchema } from "./step-answers.ts";
import { keepsStateSchema, typedColumnOptions } from "./write-options.ts";

const text = z.string().max(2000).optional();

/** How to sign in at the database; it decides which of the typed fields count. */
export const databaseSignIns = ["password", "entra"] as const;
export type DatabaseSignIn = (typeof databaseSignIns)[number];

/** The connection form as far as it is typed, without any secret: those are never part of a draft. */
export const typedConnectionSchema = z.strictObject({
  name: text,
  host: text,
  port: z.union([z.number(), z.string().max(40)]).optional(),
  database: text,
  user: text,
  tlsMode: z.string().max(20).optional(),
  caCertificate: z.string().max(1_000_000).optional(),
  clientCertificate: z.string().max(1_000_000).optional(),
  signIn: z.enum(databaseSignIns).optional(),
  entra: z
    .strictObject({
      tenantId: text,
      clientId: text,
      cloud: z.string().max(40).optional(),
      credential: z.string().max(20).optional(),
    })
    .optional(),
  tunnelId: z.string().max(60).optional(),
  importedFrom: postgresSettingsSchema.shape.importedFrom,
});
export type TypedConnection = z.infer<typeof typedConnectionSchema>;

const typedConnectionChoice = {
  /** Whether the person is choosing a saved connection or typing a new one. */
  choice: z.enum(["saved", "new"]).optional(),
  connectionId: idSchema.optional(),
  form: typedConnectionSchema.optional(),
};

/** The mapping to events as far as it is made; judged when the step is finished. */
const typedEventMappingSchema = z.strictObject({
  type: z.enum(eventTypes).optional(),
  userId: text,
  anonymousId: text,
  event: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("constant"), text: z.string().max(2000) }),
      z.strictObject({ kind: z.literal("column"), column: z.string().max(300) }),
    ])
    .optional(),
  timestamp: text,
  traits: z
    .array(z.strictObject({ source: z.string().max(300), key: z.string().max(300) }))
    .max(1600)
    .optional(),
  constants: z
    .array(
      z.strictObject({
        key: z.string().max(300),
        value: z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]),
      }),
    )
    .max(100)
    .optional(),
});

/** What a step holds while it is being filled in: everything optional, nothing judged yet, nothing unknown accepted. */
export const typedStepSchemas = {
  credentials: z.strictObject(typedConnectionChoice),
  test: z.strictObject({ connectionId: idSchema.optional(), connectionRevision: z.int().optional() }),
  table: z.strictObject({
    from: z.enum(["table", "query"]).optional(),
    schema: text,
    name: text,
    query: typedQuerySchema.optional(),
  }),
  destination: z.strictObject({
    ...typedConnectionChoice,
    kind: z.enum(sinkKinds).optional(),
    target: z.enum(["existing", "create"]).optional(),
    schema: text,
    name: text,
    writeMode: writeModeSchema.optional(),
    readMode: readModeSchema.optional(),
    changes: typedChangesSchema.optional(),
    badRows: badRowsSchema.optional(),
    keepsState: keepsStateSchema.optional(),
    sqlBefore: z.string().max(30_000).optional(),
    sqlAfter: z.string().max(30_000).optional(),
    keepsUndo: z.boolean().optional(),
    syncKey: z.array(z.string().max(300)).max(32).optional(),
  }),
  mapping: z.strictObject({
    fields: z
      .array(z.strictObject({ source: z.string().max(300), destination: z.string().max(300), ...typedColumnOptions }))
      .max(1600)
      .optional(),
    events: typedEventMappingSchema.optional(),
  }),
  schedule: typedScheduleSchema,
  review: z.strictObject({ name: text, runNow: z.boolean().optional() }),
} as const satisfies Record<StepId, z.ZodType>;

export const typedStepsSchema = z.strictObject({
  credentials: typedStepSchemas.credentials.optional(),
  test: typedStepSchemas.test.optional(),
  table: typedStepSchemas.table.optional(),
  destination: typedStepSchemas.destination.optional(),
  mapping: typedStepSchemas.mapping.optional(),
  schedule: typedStepSchemas.schedule.optional(),
  review: typedStepSchemas.review.optional(),
});
export type TypedSteps = z.infer<typeof typedStepsSchema>;
