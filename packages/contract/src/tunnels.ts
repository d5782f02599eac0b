import { z } from "zod";
import { checkFailureSchema } from "./connection-check.ts";
import { keyTextSchema, passwordSchema, storedSecretSchema } from "./secret-text.ts";
import { endpoint } from "./endpoint.ts";
import { idSchema, instantSchema, labelSchema } from "./fields.ts";
import { hostSchema, portSchema } from "./host.ts";

/** How Headgate proves itself to an SSH server; `headgate_key` is a key pair that Headgate makes and keeps. */
export const tunnelMethods = ["password", "private_key", "headgate_key"] as const;
export const tunnelMethodSchema = z.enum(tunnelMethods);
export type TunnelMethod = z.infer<typeof tunnelMethodSchema>;

/** Write-only. Absent keeps what is stored; an empty text removes it. */
export const tunnelSecretsSchema = z.strictObject({
  password: passwordSchema.optional(),
  privateKey: keyTextSchema.optional(),
  /** Opens an encrypted private key. */
  passphrase: passwordSchema.optional(),
});
export type TunnelSecrets = z.infer<typeof tunnelSecretsSchema>;
export const tunnelSecretFields = tunnelSecretsSchema.keyof().options;

export const tunnelAnswersSchema = z.strictObject({
  name: labelSchema,
  host: hostSchema,
  port: portSchema.default(22),
  user: z
    .string()
    .min(1, { error: "Enter the user name on the SSH server." })
    .max(255)
    .refine((text) => !/\p{Cc}/u.test(text), { error: "The name cannot contain line breaks or invisible characters." }),
  method: tunnelMethodSchema,
  secrets: tunnelSecretsSchema,
});
export type TunnelAnswers = z.infer<typeof tunnelAnswersSchema>;

/** A key by its SHA-256 digest as `ssh-keygen -l` prints it, `SHA256:` and 43 letters. */
export const fingerprintSchema = z
  .string()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, { error: "This is not a fingerprint." });

export const hostKeySchema = z.object({ fingerprint: z.string(), algorithm: z.string() });
export type HostKey = z.infer<typeof hostKeySchema>;

/** A way through an SSH server that several connections may use. */
export const tunnelSchema = z.object({
  id: idSchema,
  name: z.string(),
  host: z.string(),
  port: z.int(),
  user: z.string(),
  method: tunnelMethodSchema,
  /** Of the pair that Headgate made, in OpenSSH form; null with the other methods. */
  publicKey: z.string().nullable(),
  /** What to add to `~/.ssh/authorized_keys`: the key may only open the ways that connections here use. */
  authorizedKeysLine: z.string().nullable(),
  /** The accepted key of the server; null until a person accepts one. */
  hostKey: hostKeySchema.nullable(),
  secrets: z.record(tunnelSecretsSchema.keyof(), storedSecretSchema),
  /** Grows with every change of where or how it connects. */
  revision: z.int(),
  connectionNames: z.array(z.string()),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Tunnel = z.infer<typeof tunnelSchema>;

export const hostKeyVerdictSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("succeeded"),
    fingerprint: z.string(),
    algorithm: z.string(),
    /** It is the key that was accepted. */
    known: z.boolean(),
    /** Another key was accepted before: somebody may stand in between. */
    changed: z.boolean(),
  }),
  z.object({ status: z.literal("failed"), failure: checkFailureSchema }),
]);
export type HostKeyVerdict = z.infer<typeof hostKeyVerdictSchema>;

const params = z.strictObject({ tunnelId: idSchema });
const common = { tag: "Tunnels", access: "editor" } as const;

export const listTunnels = endpoint({
  ...common,
  method: "get",
  path: "/api/tunnels",
  summary: "All saved SSH tunnels, newest first.",
  access: "viewer",
  response: z.object({ tunnels: z.array(tunnelSchema) }),
});

export const createTunnel = endpoint({
  ...common,
  method: "post",
  path: "/api/tunnels",
  summary: "Saves an SSH tunnel; with `headgate_key` a key pair is made for it.",
  body: tunnelAnswersSchema,
  response: tunnelSchema,
});

export const getTunnel = endpoint({
  ...common,
  method: "get",
  path: "/api/tunnels/:tunnelId",
  summary: "One saved SSH tunnel.",
  access: "viewer",
  params,
  response: tunnelSchema,
});

export const updateTunnel = endpoint({
  ...common,
  method: "put",
  path: "/api/tunnels/:tunnelId",
  summary: "Changes an SSH tunnel; another server or user asks for the secret again, another server for its key (R24).",
  params,
  body: z.strictObject({ ...tunnelAnswersSchema.shape, revision: z.int() }),
  response: tunnelSchema,
});

export const deleteTunnel = endpoint({
  ...common,
  method: "delete",
  path: "/api/tunnels/:tunnelId",
  summary: "Deletes an SSH tunnel that no connection uses.",
  params,
  response: z.object({}),
});

export const readHostKey = endpoint({
  ...common,
  method: "post",
  path: "/api/tunnels/:tunnelId/host-key",
  summary: "Asks the SSH server for its key, before any credential is sent (R54).",
  params,
  response: hostKeyVerdictSchema,
});

export const acceptHostKey = endpoint({
  ...common,
  method: "put",
  path: "/api/tunnels/:tunnelId/host-key",
  summary:
    "Trusts the key that the SSH server showed last; in place of another one only with the person's password (R54).",
  params,
  body: z.strictObject({
    fingerprint: fingerprintSchema,
    /** Of the person who asks; needed where another key was accepted before. */
    password: z.string().max(1024, { error: "Passwords have at most 1,024 characters." }).optional(),
  }),
  response: tunnelSchema,
});
