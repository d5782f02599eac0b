import { z } from "zod";
import { checkStageEventSchema, checkVerdictEventSchema } from "./connection-check.ts";
import { connectionParamsSchema, connectionSchema, connectionSecretsSchema } from "./connections.ts";
import { eventStream } from "./endpoint.ts";
import { postgresAnswersSchema } from "./postgres-connection.ts";

/** The new secret is tried first; it is saved, for all flows at once, only when the whole check passed. */
export const rotateSecretEventSchema = z.discriminatedUnion("type", [
  checkStageEventSchema,
  checkVerdictEventSchema,
  z.object({ type: z.literal("saved"), connection: connectionSchema }),
  /** The connection was changed or deleted while its new secret was being tried. */
  z.object({ type: z.literal("not_saved"), reason: z.enum(["outdated", "not_found"]) }),
]);
export type RotateSecretEvent = z.infer<typeof rotateSecretEventSchema>;

const { settings, entraSecretExpires } = postgresAnswersSchema.shape;

export const rotateSecret = eventStream({
  method: "post",
  path: "/api/connections/:connectionId/rotate",
  tag: "Connections",
  summary: "Tries another password, key or application secret, and saves it when the connection works with it.",
  access: "editor",
  params: connectionParamsSchema,
  body: z.strictObject({
    revision: z.int(),
    secrets: connectionSecretsSchema,
    /** A new key of a client certificate comes with its certificate. */
    clientCertificate: settings.shape.clientCertificate,
    entraSecretExpires,
  }),
  event: rotateSecretEventSchema,
});
