import { z } from "zod";
import { checkRequestSchema } from "./check-request.ts";
import { connectionExpiriesSchema } from "./connection-attention.ts";
import { checkEventSchema, checkFailureSchema } from "./connection-check.ts";
import { endpoint, eventStream } from "./endpoint.ts";
import { idSchema, instantSchema, labelSchema } from "./fields.ts";
import { hostSchema, portSchema } from "./host.ts";

/** The six modes of libpq, weakest first. */
export const tlsModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
export const tlsModeSchema = z.enum(tlsModes);
export type TlsMode = z.infer<typeof tlsModeSchema>;

const noNul = (text: string): boolean => !text.includes("\0");

const pemSchema = z.string().max(1_000_000, { error: "A certificate file has at most 1 MB." });

/** The clouds of Microsoft, each with sign-in addresses of its own. */
export const entraClouds = ["AzurePublic", "AzureUsGovernment", "AzureChina", "AzureGermany"] as const;
export const entraCloudSchema = z.enum(entraClouds);
export type EntraCloud = z.infer<typeof entraCloudSchema>;

/** A Microsoft Entra service principal; its secret or certificate is write-only. */
export const entraSettingsSchema = z.strictObject({
  /** A directory id or one of its domain names; it becomes part of an address. */
  tenantId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/, {
      error: "Enter the directory (tenant) id, as the Azure portal shows it.",
    }),
  clientId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{1,64}$/, { error: "Enter the application (client) id, as the Azure portal shows it." }),
  cloud: entraCloudSchema,
  credential: z.enum(["secret", "certificate"]),
});
export type EntraSettings = z.infer<typeof entraSettingsSchema>;

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
  caCertificate: pemSchema.optional(),
  /** PEM text of the certificate that stands for this login, its chain behind it. Its key is a secret. */
  clientCertificate: pemSchema.optional(),
  /** Signs in with a token for this Microsoft Entra application in place of a password. */
  entra: entraSettingsSchema.optional(),
  /** The SSH tunnel through which the database is reached. */
  tunnelId: idSchema.optional(),
  /** The document of another system this came from, without its secrets: an export gives back what else it said. */
  importedFrom: z
    .record(z.string(), z.unknown())
    .refine((document) => JSON.stringify(document).length <= 100_000, { error: "The imported document is too long." })
    .optional(),
});
export type PostgresSettings = z.infer<typeof postgresSettingsSchema>;

export const passwordSchema = z
  .string()
  .max(10_240, { error: "A password has at most 10,240 characters." })
  .refine(noNul, { error: "A password cannot contain an invisible NUL character." });

/** A private key as text; PEM, OpenSSH, or for PFX files Base64. */
export const keyTextSchema = z.string().max(100_000, { error: "A key file has at most 100 kB." });

/** Write-only. Absent keeps what is stored; an empty text removes it. */
export const connectionSecretsSchema = z.strictObject({
  password: passwordSchema.optional(),
  /** PEM text of the key that belongs to `clientCertificate`. */
  clientKey: keyTextSchema.optional(),
  clientKeyPassphrase: passwordSchema.optional(),
  entraSecret: passwordSchema.optional(),
  /** Certificate and private key: PEM text, or a PFX file in Base64. */
  entraCertificate: keyTextSchema.optional(),
  entraCertificatePassword: passwordSchema.optional(),
});
export type ConnectionSecrets = z.infer<typeof connectionSecretsSchema>;

export const connectionSecretFields = connectionSecretsSchema.keyof().options;
export type ConnectionSecretField = keyof ConnectionSecrets;

/** All that is ever told about a stored secret. */
export const storedSecretSchema = z.object({ set: z.boolean(), updatedAt: instantSchema.nullable() });
export type StoredSecret = z.infer<typeof storedSecretSchema>;

const noKey = (pem: string): boolean => !pem.includes("PRIVATE KEY-----");

export const connectionAnswersSchema = z.strictObject({
  name: labelSchema,
  // Settings are shown again, so a key put into one of their fields by mistake must not be kept (bad input 100).
  settings: postgresSettingsSchema.extend({
    caCertificate: pemSchema
      .refine(noKey, { error: "This is a private key. Add the authority's certificate, and keep the key to yourself." })
      .optional(),
    clientCertificate: pemSchema
      .refine(noKey, { error: "This holds a private key. Add the certificate here; its key has a field of its own." })
      .optional(),
  }),
  secrets: connectionSecretsSchema,
  /** The day Microsoft shows once, when the secret is made. Absent keeps what is stored, unless the secret is replaced. */
  entraSecretExpires: z.iso.date({ error: "Enter a day, for example 2027-01-31." }).nullable().optional(),
});
export type ConnectionAnswers = z.infer<typeof connectionAnswersSchema>;

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

export const connectionSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: z.literal("postgres"),
  settings: postgresSettingsSchema,
  secrets: z.record(connectionSecretsSchema.keyof(), storedSecretSchema),
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
