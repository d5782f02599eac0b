import { z } from "zod";
import { checkCodeSchema, checkEventSchema, checkStageSchema } from "./connection-check.ts";
import { endpoint, eventStream } from "./endpoint.ts";
import { idSchema, instantSchema, labelSchema } from "./fields.ts";
import { hostSchema, portSchema } from "./host.ts";

/** The six modes of libpq, weakest first. */
export const tlsModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
export const tlsModeSchema = z.enum(tlsModes);
export type TlsMode = z.infer<typeof tlsModeSchema>;

const noNul = (text: string): boolean => !text.includes("\0");

/** How to reach one PostgreSQL database; everything but the secrets. */
export const postgresSettingsSchema = z.strictObject({
  host: hostSchema,
  port: portSchema,
  database: z
    .string()
    .min(1, { error: "Enter the name of the database." })
    .max(255)
    .refine(noNul, { error: "The name cannot contain an invisible NUL character." }),
  user: z
    .string()
    .min(1, { error: "Enter the user name." })
    .max(255)
    .refine(noNul, { error: "The name cannot contain an invisible NUL character." }),
  tlsMode: tlsModeSchema,
  /** PEM text of the authority that signed the server's certificate. */
  caCertificate: z.string().max(1_000_000, { error: "A certificate file has at most 1 MB." }).optional(),
});
export type PostgresSettings = z.infer<typeof postgresSettingsSchema>;

/** Write-only. Absent keeps what is stored. */
export const connectionSecretsSchema = z.strictObject({
  password: z
    .string()
    .max(10_240, { error: "A password has at most 10,240 characters." })
    .refine(noNul, { error: "A password cannot contain an invisible NUL character." })
    .optional(),
});
export type ConnectionSecrets = z.infer<typeof connectionSecretsSchema>;

export const connectionAnswersSchema = z.strictObject({
  name: labelSchema,
  settings: postgresSettingsSchema,
  secrets: connectionSecretsSchema,
});
export type ConnectionAnswers = z.infer<typeof connectionAnswersSchema>;

/** The verdict of the last check; it counts only while `revision` is the connection's own. */
export const lastCheckSchema = z.object({
  at: instantSchema,
  revision: z.int(),
  status: z.enum(["succeeded", "failed"]),
  stage: checkStageSchema.optional(),
  code: checkCodeSchema.optional(),
});

export const connectionSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: z.literal("postgres"),
  settings: postgresSettingsSchema,
  secrets: z.object({ password: z.object({ set: z.boolean(), updatedAt: instantSchema.nullable() }) }),
  /** Grows with every change of settings or secrets. */
  revision: z.int(),
  /** Part of the built-in sample data. */
  practice: z.boolean(),
  lastCheck: lastCheckSchema.nullable(),
  flowNames: z.array(z.string()),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Connection = z.infer<typeof connectionSchema>;

export const connectionParamsSchema = z.strictObject({ connectionId: idSchema });

export const listConnections = endpoint({
  method: "get",
  path: "/api/connections",
  tag: "Connections",
  summary: "All saved connections, newest first.",
  access: "viewer",
  response: z.object({ connections: z.array(connectionSchema) }),
});

export const createConnection = endpoint({
  method: "post",
  path: "/api/connections",
  tag: "Connections",
  summary: "Saves a connection; the secrets are encrypted and never returned.",
  access: "editor",
  body: connectionAnswersSchema,
  response: connectionSchema,
});

export const getConnection = endpoint({
  method: "get",
  path: "/api/connections/:connectionId",
  tag: "Connections",
  summary: "One saved connection.",
  access: "viewer",
  params: connectionParamsSchema,
  response: connectionSchema,
});

export const updateConnection = endpoint({
  method: "put",
  path: "/api/connections/:connectionId",
  tag: "Connections",
  summary: "Changes a connection; changing where or how it connects asks for the secret again (R24).",
  access: "editor",
  params: connectionParamsSchema,
  body: z.strictObject({ ...connectionAnswersSchema.shape, revision: z.int() }),
  response: connectionSchema,
});

export const deleteConnection = endpoint({
  method: "delete",
  path: "/api/connections/:connectionId",
  tag: "Connections",
  summary: "Deletes a connection that no flow uses.",
  access: "editor",
  params: connectionParamsSchema,
  response: z.object({}),
});

export const checkConnection = eventStream({
  method: "post",
  path: "/api/connections/:connectionId/check",
  tag: "Connections",
  summary: "Tests a saved connection stage by stage and remembers the verdict.",
  access: "editor",
  params: connectionParamsSchema,
  event: checkEventSchema,
});
