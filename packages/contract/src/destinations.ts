import { z } from "zod";
import { bodyTemplateFault } from "./body-template.ts";
import { filesSettingsSchema } from "./file-settings.ts";
import { headerNameSchema, httpAddressSchema, httpHeadersSchema } from "./http-address.ts";
import { passwordSchema } from "./secret-text.ts";

/** Places other than a PostgreSQL table that rows can go to. */
export const destinationKinds = ["events", "webhook", "files"] as const;
export type DestinationKind = (typeof destinationKinds)[number];

/** Requests under way at once. With one, events arrive in the order of the rows. */
const lanesSchema = z.int().min(1).max(16, { error: "Use 1 to 16 requests at a time." });

/** PEM text of an authority of the receiver's own. */
const caCertificateSchema = z
  .string()
  .max(1_000_000, { error: "A certificate file has at most 1 MB." })
  .refine((pem) => !pem.includes("PRIVATE KEY-----"), {
    error: "This is a private key. Add the authority's certificate, and keep the key to yourself.",
  })
  .optional();

/** A header's value that nobody may see, such as `Bearer …`. */
const headerSecretSchema = z
  .string()
  .max(10_240)
  .regex(/^[\t\x20-\x7e]*$/, { error: "This cannot contain line breaks or special characters." });

export const eventDialects = ["rudderstack", "segment"] as const;
export type EventDialect = (typeof eventDialects)[number];

/** An event API of RudderStack's or Segment's kind. */
export const eventsSettingsSchema = z.strictObject({
  dialect: z.enum(eventDialects),
  dataPlaneUrl: httpAddressSchema.refine((address) => !address.includes("?"), {
    error: "Enter the address without ? and what follows it.",
  }),
  lanes: lanesSchema.default(4),
  /** Compresses requests to other machines: a fifth of the traffic for a little more work here. */
  gzip: z.boolean().default(true),
  caCertificate: caCertificateSchema,
});
export type EventsSettings = z.infer<typeof eventsSettingsSchema>;

export const eventsSecretsSchema = z.strictObject({ writeKey: passwordSchema.optional() });
export type EventsSecrets = z.infer<typeof eventsSecretsSchema>;

/** Any receiver of JSON. */
export const webhookSettingsSchema = z
  .strictObject({
    url: httpAddressSchema,
    method: z.enum(["POST", "PUT", "PATCH"]).default("POST"),
    headers: httpHeadersSchema.default([]),
    /** Carries the HMAC-SHA256 of the body, made with the signing key where one is stored. */
    signatureHeader: headerNameSchema.default("X-Signature"),
    signatureEncoding: z.enum(["base64", "hex"]).default("base64"),
    batchSize: z.int().min(1).max(1000, { error: "Send 1 to 1,000 rows in one message." }).default(100),
    /** JSON with placeholders such as `{{rows}}`; without one the body is the list of rows. */
    bodyTemplate: z.string().max(20_000).optional(),
    lanes: lanesSchema.default(1),
    caCertificate: caCertificateSchema,
  })
  .superRefine(({ bodyTemplate, batchSize }, context) => {
    const fault = bodyTemplate === undefined ? undefined : bodyTemplateFault(bodyTemplate, batchSize);
    if (fault) context.addIssue({ code: "custom", path: ["bodyTemplate"], message: fault });
  });
export type WebhookSettings = z.infer<typeof webhookSettingsSchema>;

export const webhookSecretsSchema = z.strictObject({
  signingKey: passwordSchema.optional(),
  /** The value of the header Authorization. */
  authorization: headerSecretSchema.optional(),
});
export type WebhookSecrets = z.infer<typeof webhookSecretsSchema>;

export const filesSecretsSchema = z.strictObject({ secretKey: passwordSchema.optional() });
export type FilesSecrets = z.infer<typeof filesSecretsSchema>;

/** Settings and write-only secrets of each kind. */
export const destinationSchemas = {
  events: { settings: eventsSettingsSchema, secrets: eventsSecretsSchema },
  webhook: { settings: webhookSettingsSchema, secrets: webhookSecretsSchema },
  files: { settings: filesSettingsSchema, secrets: filesSecretsSchema },
} as const satisfies Record<DestinationKind, { settings: z.ZodType; secrets: z.ZodType }>;

/** Why a run that writes to one of them can fail, beside what any destination can say. */
export const receiverCodes = [
  "receiver_address_denied",
  "receiver_unknown_host",
  "receiver_untrusted",
  "receiver_refused_login",
  "receiver_missing",
  "receiver_refused_request",
  "receiver_redirects",
  "receiver_answers_without_end",
  "receiver_answer_unclear",
  "receiver_full",
  "receiver_unavailable",
  "file_place_missing",
  "file_forbidden",
  "file_taken",
  "file_failed",
] as const;

export type ReceiverCode = (typeof receiverCodes)[number];

/** All reasons for which a writer to one of them stops. */
export const deliveryCodes = [...receiverCodes, "too_many_rejected", "disk_full"] as const;
export type DeliveryCode = (typeof deliveryCodes)[number];

/** Why a single row is not delivered while the others are. */
export const rowFaultCodes = [
  "row_too_large",
  "row_refused",
  "identifier_empty",
  "event_empty",
  "value_unfit",
  "row_not_found",
] as const;
export type RowFaultCode = (typeof rowFaultCodes)[number];
