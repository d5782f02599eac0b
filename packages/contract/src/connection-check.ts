import { z } from "zod";
import { destinationKinds } from "./destinations.ts";

/**
 * The stages of a connection check, in the order in which they run. Not every check has all of them: `tunnel` needs an
 * SSH tunnel (to whose host `name`, `route` and `port` then belong), `write` a connection tested as a destination.
 * Receivers have no database and files no login: `bucket`, `folder`, `space` and `message` are theirs.
 */
export const checkStages = [
  "name",
  "route",
  "port",
  "tunnel",
  "tls",
  "sign_in",
  "database",
  "schema",
  "table",
  "bucket",
  "folder",
  "write",
  "space",
  "message",
] as const;
export const checkStageSchema = z.enum(checkStages);
export type CheckStage = z.infer<typeof checkStageSchema>;

/** Why a check can fail. Closed list: the web application has copy for each, and a test says so. */
export const checkCodes = [
  "host_unknown",
  "host_lookup_failed",
  "address_denied",
  "network_unreachable",
  "ipv6_only",
  "port_closed",
  "container_localhost",
  "port_silent",
  "not_postgres",
  "tls_only_port",
  "line_cut",
  "tls_not_offered",
  "tls_required",
  "tls_unknown_issuer",
  "tls_chain_incomplete",
  "tls_wrong_name",
  "tls_expired",
  "tls_not_yet_valid",
  "tls_weak",
  "tls_bad_authority",
  "tls_client_required",
  "tls_client_unreadable",
  "tls_failed",
  "not_ssh",
  "ssh_host_key_unknown",
  "ssh_host_key_changed",
  "ssh_too_old",
  "ssh_auth_refused",
  "ssh_key_missing",
  "ssh_key_unreadable",
  "ssh_key_ppk",
  "ssh_key_public",
  "ssh_key_passphrase",
  "ssh_forward_refused",
  "ssh_failed",
  "entra_unreachable",
  "entra_wrong_secret",
  "entra_secret_expired",
  "entra_certificate_unreadable",
  "entra_wrong_certificate",
  "entra_unknown_app",
  "entra_unknown_tenant",
  "entra_refused",
  "entra_user_unknown",
  "entra_needs_verification",
  "password_wrong",
  "password_missing",
  "password_unsafe",
  "password_not_asked",
  "login_not_allowed",
  "address_not_admitted",
  "pooler_user_unknown",
  "pooler_parameter",
  "pooler_no_server",
  "server_full",
  "server_starting",
  "database_unknown",
  "database_closed",
  "database_forbidden",
  "schema_forbidden",
  "no_tables",
  "table_forbidden",
  "table_missing",
  "table_exists",
  "query_refused",
  "query_columns",
  "read_only_server",
  "write_forbidden",
  "too_slow",
  "stopped",
  "secret_unreadable",
  "not_http",
  "receiver_refused_login",
  "receiver_missing",
  "receiver_redirects",
  "receiver_refused",
  "receiver_unavailable",
  "bucket_missing",
  "storage_refused_login",
  "storage_forbidden",
  "storage_failed",
  "folder_not_set",
  "folder_missing",
  "folder_forbidden",
  "folder_full",
  "folder_failed",
  "unexpected",
] as const;
export const checkCodeSchema = z.enum(checkCodes);
export type CheckCode = z.infer<typeof checkCodeSchema>;

/** `facts` fill the copy ("{host} did not answer"); `detail` is the other side's own words, cut, escaped and free of secrets. */
export const checkFailureSchema = z.object({
  stage: checkStageSchema,
  code: checkCodeSchema,
  facts: z.record(z.string(), z.string()),
  detail: z.string(),
});
export type CheckFailure = z.infer<typeof checkFailureSchema>;

/** Worth saying although the check succeeded. */
export const checkHints = [
  "not_encrypted",
  "not_verified",
  "superuser",
  "can_write",
  "read_replica",
  "rows_hidden",
  /** The receiver answers the same to every write key. */
  "login_unproven",
] as const;

/** What was really negotiated; the texts come from the server's certificate and are its own words. */
export const encryptionSchema = z.object({
  encrypted: z.boolean(),
  /** The chain, and with `verify-full` the name, was checked. */
  verified: z.boolean(),
  /** For example `TLSv1.3`. */
  protocol: z.string().optional(),
  cipher: z.string().optional(),
  issuer: z.string().optional(),
  /** The names the certificate is made out to, parted by commas. */
  names: z.string().optional(),
  /** The certificate's last day, `2027-01-31`. */
  expires: z.string().optional(),
});
export type Encryption = z.infer<typeof encryptionSchema>;

export const checkSuccessSchema = z.object({
  status: z.literal("succeeded"),
  kind: z.literal("postgres"),
  serverVersion: z.string(),
  /** Tables and views this login can read. */
  tableCount: z.int(),
  milliseconds: z.number(),
  /** Milliseconds of one question and its answer, the shortest of three. */
  latencyMs: z.number().optional(),
  encryption: encryptionSchema,
  /** The last day of the login's own password, where the server keeps one and tells. */
  passwordExpires: z.iso.date().optional(),
  hints: z.array(z.enum(checkHints)),
});

const checkFailedSchema = z.object({ status: z.literal("failed"), failure: checkFailureSchema });

/** What a check of a database finds. */
export type DatabaseVerdict = z.infer<typeof checkSuccessSchema> | z.infer<typeof checkFailedSchema>;

/** A receiver or a place for files that takes what Headgate brings. */
export const receiverSuccessSchema = z.object({
  status: z.literal("succeeded"),
  kind: z.enum(destinationKinds),
  milliseconds: z.number(),
  /** Absent for a folder, which nothing travels to. */
  encryption: encryptionSchema.optional(),
  hints: z.array(z.enum(checkHints)),
});
export type ReceiverVerdict = z.infer<typeof receiverSuccessSchema> | z.infer<typeof checkFailedSchema>;

export const checkVerdictSchema = z.discriminatedUnion("status", [
  z.discriminatedUnion("kind", [checkSuccessSchema, receiverSuccessSchema]),
  checkFailedSchema,
]);
export type CheckVerdict = z.infer<typeof checkVerdictSchema>;

export const checkStageEventSchema = z.object({
  type: z.literal("stage"),
  stage: checkStageSchema,
  status: z.enum(["running", "passed", "failed"]),
  milliseconds: z.number().optional(),
  /** A short fact worth showing beside the stage, for example the address found or `TLSv1.3`. */
  note: z.string().optional(),
});

export const checkVerdictEventSchema = z.object({ type: z.literal("verdict"), verdict: checkVerdictSchema });

export const checkEventSchema = z.discriminatedUnion("type", [checkStageEventSchema, checkVerdictEventSchema]);
export type CheckEvent = z.infer<typeof checkEventSchema>;
