import { z } from "zod";

/**
 * Every refusal Headgate can answer with (RFC 9457 `type`). Closed list: the web application has copy for each,
 * and a test says so.
 */
export const problemTypes = [
  "error:auth/forbidden",
  "error:auth/password-needed",
  "error:auth/signed-out",
  "error:auth/too-many-attempts",
  "error:auth/wrong-credentials",
  "error:connection/in-use",
  "error:connection/name-taken",
  "error:connection/not-a-database",
  "error:connection/not-found",
  "error:connection/secret-required",
  "error:draft/incomplete",
  "error:draft/not-found",
  "error:draft/outdated",
  "error:flow/not-found",
  "error:flow/paused",
  "error:flow/run-active",
  "error:practice/unavailable",
  "error:request/cross-site",
  "error:request/invalid",
  "error:request/malformed",
  "error:request/not-found",
  "error:request/too-large",
  "error:request/too-many",
  "error:request/too-many-at-once",
  "error:request/unsupported-type",
  "error:run/not-active",
  "error:run/not-asking",
  "error:run/not-found",
  "error:run/not-retryable",
  "error:run/not-undoable",
  "error:server/bug",
  "error:server/store-unavailable",
  "error:setup/closed",
  "error:setup/wrong-link",
  "error:tunnel/host-key-not-seen",
  "error:tunnel/in-use",
  "error:tunnel/name-taken",
  "error:tunnel/not-found",
  "error:tunnel/outdated",
  "error:tunnel/secret-required",
] as const;

export type ProblemType = (typeof problemTypes)[number];

/** Problem details (RFC 9457) with one sentence per guilty field; a field path is dotted, for example `settings.host`. */
export const problemSchema = z.object({
  type: z.enum(problemTypes),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  fields: z.record(z.string(), z.string()).optional(),
  /** Seconds to wait before another try, where waiting helps. */
  retryAfterSeconds: z.int().optional(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
