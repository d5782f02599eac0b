import { z } from "zod";
import { idSchema, labelSchema } from "./fields.ts";
import { hostSchema, portSchema } from "./host.ts";
import { keyTextSchema, noNul, passwordSchema } from "./secret-text.ts";

/** The six modes of libpq, weakest first. */
export const tlsModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
export const tlsModeSchema = z.enum(tlsModes, { error: `Choose one of ${tlsModes.join(", ")}.` });
export type TlsMode = z.infer<typeof tlsModeSchema>;

const nameSchema = (missing: string) =>
  z
    .string()
    .min(1, { error: missing })
    .max(255, { error: "This name is too long: at most 255 characters." })
    .refine(noNul, { error: "The name cannot contain an invisible NUL character." });

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
  database: nameSchema("Enter the name of the database."),
  user: nameSchema("Enter the user name."),
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

/** Write-only. Absent keeps what is stored; an empty text removes it. */
export const postgresSecretsSchema = z.strictObject({
  password: passwordSchema.optional(),
  /** PEM text of the key that belongs to `clientCertificate`. */
  clientKey: keyTextSchema.optional(),
  clientKeyPassphrase: passwordSchema.optional(),
  entraSecret: passwordSchema.optional(),
  /** Certificate and private key: PEM text, or a PFX file in Base64. */
  entraCertificate: keyTextSchema.optional(),
  entraCertificatePassword: passwordSchema.optional(),
});
export type PostgresSecrets = z.infer<typeof postgresSecretsSchema>;

const noKey = (pem: string): boolean => !pem.includes("PRIVATE KEY-----");

/** A connection string pasted into a field that is shown again would show its password (V3). */
const noConnectionText = (text: string): boolean => !/^[a-z][a-z0-9+.:-]*:\/\/|\b(password|pwd)\s*=/i.test(text);
const connectionTextFault = {
  error: "This looks like a whole connection string. Paste it at the top of the form, where it is taken apart.",
};

/** Names are shown to everybody. */
export const connectionNameSchema = labelSchema.refine(noConnectionText, connectionTextFault);

/** A connection as a person fills it in. Whoever names no kind means PostgreSQL. */
export const postgresAnswersSchema = z.strictObject({
  kind: z.literal("postgres").optional().default("postgres"),
  name: connectionNameSchema,
  // Settings are shown again, so a key put into one of their fields by mistake must not be kept (bad input 100).
  settings: postgresSettingsSchema.extend({
    database: postgresSettingsSchema.shape.database.refine(noConnectionText, connectionTextFault),
    user: postgresSettingsSchema.shape.user.refine(noConnectionText, connectionTextFault),
    caCertificate: pemSchema
      .refine(noKey, { error: "This is a private key. Add the authority's certificate, and keep the key to yourself." })
      .optional(),
    clientCertificate: pemSchema
      .refine(noKey, { error: "This holds a private key. Add the certificate here; its key has a field of its own." })
      .optional(),
  }),
  secrets: postgresSecretsSchema,
  /** The day Microsoft shows once, when the secret is made. Absent keeps what is stored, unless the secret is replaced. */
  entraSecretExpires: z.iso.date({ error: "Enter a day, for example 2027-01-31." }).nullable().optional(),
});
export type PostgresAnswers = z.infer<typeof postgresAnswersSchema>;
