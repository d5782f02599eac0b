import { z } from "zod";
import { connectionExpiriesSchema } from "./connection-attention.ts";
import { checkRequestSchema } from "./check-request.ts";
import { checkEventSchema, checkFailureSchema } from "./connection-check.ts";
import { destinationSchemas } from "./destinations.ts";
import { endpoint, eventStream } from "./endpoint.ts";
import { idSchema, instantSchema } from "./fields.ts";
import {
  connectionNameSchema,
  postgresAnswersSchema,
  postgresSecretsSchema,
  postgresSettingsSchema,
} from "./postgres-connection.ts";
import { storedSecretSchema } from "./secret-text.ts";

const { events, webhook, files } = destinationSchemas;

const answersShapes = {
  postgres: postgresAnswersSchema.shape,
  events: { kind: z.literal("events"), name: connectionNameSchema, ...events },
  webhook: { kind: z.literal("webhook"), name: connectionNameSchema, ...webhook },
  files: { kind: z.literal("files"), name: connectionNameSchema, ...files },
};

const kindFault = { error: "Choose postgres, events, webhook or files." };

/** A connection as a person fills it in. */
export const connectionAnswersSchema = z.discriminatedUnion(
  "kind",
  [
    z.strictObject(answersShapes.postgres),
    z.strictObject(answersShapes.events),
    z.strictObject(answersShapes.webhook),
    z.strictObject(answersShapes.files),
  ],
  kindFault,
);
export type ConnectionAnswers = z.infer<typeof connectionAnswersSchema>;
/** The same before defaults are filled in. */
export type GivenConnection = z.input<typeof connectionAnswersSchema>;
export type ConnectionKind = ConnectionAnswers["kind"];

const revision = { revision: z.int() };
const changedConnectionSchema = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ ...answersShapes.postgres, ...revision }),
    z.strictObject({ ...answersShapes.events, ...revision }),
    z.strictObject({ ...answersShapes.webhook, ...revision }),
    z.strictObject({ ...answersShapes.files, ...revision }),
  ],
  kindFault,
);

/** Secrets of every kind. Write-only: absent keeps what is stored, an empty text removes it. */
export const connectionSecretsSchema = z.strictObject({
  ...postgresSecretsSchema.shape,
  ...events.secrets.shape,
  ...webhook.secrets.shape,
  ...files.secrets.shape,
});
export type ConnectionSecrets = z.infer<typeof connectionSecretsSchema>;
export type ConnectionSecretField = keyof ConnectionSecrets;

/** The secrets that a connection of each kind can have. */
export const secretFields = {
  postgres: postgresSecretsSchema.keyof().options,
  events: events.secrets.keyof().options,
  webhook: webhook.secrets.keyof().options,
  files: files.secrets.keyof().options,
} as const satisfies Record<ConnectionKind, readonly ConnectionSecretField[]>;

/** Who asked for a check: a person, Headgate itself by night, or a run that could not open a stored secret. */
export const checkAskers = ["person", "night", "run"] as const;
export type CheckAsker = (typeof checkAskers)[number];

/** The verdict of the last check; it counts only while `revision` is the connection's own. */
export const lastCheckSchema = z.object({
  at: instantSchema,
  revision: z.int(),
  status: z.enum(["succeeded", "failed"]),
  by: z.enum(checkAskers).optional(),
  ...checkFailureSchema.partial().shape,
});
export type LastCheck = z.infer<typeof lastCheckSchema>;

const shared = {
  id: idSchema,
  name: z.string(),
  /** Grows with every change of settings or secrets. */
  revision: z.int(),
  /** Part of the built-in sample data. */
  practice: z.boolean(),
  lastCheck: lastCheckSchema.nullable(),
  expiries: connectionExpiriesSchema,
  flowNames: z.array(z.string()),
  /** The last run that began through it. */
  lastUse: z.object({ at: instantSchema, flowId: idSchema, flowName: z.string() }).nullable(),
  /** Unfinished flows that have chosen it. */
  draftCount: z.int(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
};

export const postgresConnectionSchema = z.object({
  ...shared,
  kind: z.literal("postgres"),
  settings: postgresSettingsSchema,
  secrets: z.record(postgresSecretsSchema.keyof(), storedSecretSchema),
});
export type PostgresConnection = z.infer<typeof postgresConnectionSchema>;

const eventsConnectionSchema = z.object({
  ...shared,
  kind: z.literal("events"),
  settings: events.settings,
  secrets: z.record(events.secrets.keyof(), storedSecretSchema),
});
export type EventsConnection = z.infer<typeof eventsConnectionSchema>;

const webhookConnectionSchema = z.object({
  ...shared,
  kind: z.literal("webhook"),
  settings: webhook.settings,
  secrets: z.record(webhook.secrets.keyof(), storedSecretSchema),
});
export type WebhookConnection = z.infer<typeof webhookConnectionSchema>;

const filesConnectionSchema = z.object({
  ...shared,
  kind: z.literal("files"),
  settings: files.settings,
  secrets: z.record(files.secrets.keyof(), storedSecretSchema),
});
export type FilesConnection = z.infer<typeof filesConnectionSchema>;

/** A saved way to reach one system. Only `postgres` can be read from; rows can go to all. */
export const connectionSchema = z.discriminatedUnion("kind", [
  postgresConnectionSchema,
  eventsConnectionSchema,
  webhookConnectionSchema,
  filesConnectionSchema,
]);
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
  body: changedConnectionSchema,
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

/** `adf`: Azure Data Factory linked service; `adobe`: base connection of Adobe's Flow Service; `uri`: postgresql://…. */
export const exportFormats = ["adf", "adobe", "uri"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportConnection = endpoint({
  method: "get",
  path: "/api/connections/:connectionId/export",
  tag: "Connections",
  summary: "A connection as another system writes it, always without secrets.",
  access: "editor",
  params: connectionParamsSchema,
  query: z.strictObject({
    format: z.enum(exportFormats, { error: "Choose one of adf, adobe and uri." }),
  }),
  response: z.object({
    fileName: z.string(),
    text: z.string(),
    /** Whole sentences about what the form cannot say. */
    notes: z.array(z.string()),
  }),
});

export const checkConnection = eventStream({
  method: "post",
  path: "/api/connections/:connectionId/check",
  tag: "Connections",
  summary: "Tests a saved connection stage by stage and remembers the verdict.",
  access: "editor",
  params: connectionParamsSchema,
  body: checkRequestSchema,
  event: checkEventSchema,
});
