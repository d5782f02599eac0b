import { z } from "zod";
import { postgresSettingsSchema } from "./connections.ts";
import { idSchema } from "./fields.ts";
import { typedScheduleSchema } from "./schedule.ts";
import { badRowsSchema, readModeSchema, type StepId, writeModeSchema } from "./step-answers.ts";

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
    readMode: readModeSchema.optional(),
    badRows: badRowsSchema.optional(),
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
