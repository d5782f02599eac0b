import type { CheckCode, CheckFailure, CheckStage } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { EgressRefusal } from "../net/egress-refusal.ts";
import { EntraRefusal } from "../net/entra/entra-refusal.ts";
import { NameFault } from "../net/resolve-host.ts";
import { SshRefusal } from "../net/ssh/ssh-refusal.ts";
import { ProtocolFault, TlsRefusal } from "../net/tls-refusal.ts";
import { secretsIn } from "./secrets-in.ts";
import { serverWords } from "./server-words.ts";
import { SessionFault, StageFault } from "./session-fault.ts";
import { signInCode } from "./sign-in-codes.ts";

/** What the operating system, the resolver and PostgreSQL say; one line per code we have met, never a guess. */
const codes: Readonly<Record<string, CheckCode>> = {
  ENOTFOUND: "host_unknown",
  ENODATA: "host_unknown",
  EAI_NONAME: "host_unknown",
  EAI_AGAIN: "host_lookup_failed",
  EAI_FAIL: "host_lookup_failed",
  ESERVFAIL: "host_lookup_failed",
  ECONNREFUSED: "port_closed",
  ETIMEDOUT: "port_silent",
  ENETUNREACH: "network_unreachable",
  EHOSTUNREACH: "network_unreachable",
  EADDRNOTAVAIL: "network_unreachable",
  EACCES: "network_unreachable",
  EPERM: "network_unreachable",
  ECONNRESET: "line_cut",
  EPIPE: "line_cut",
  "08006": "line_cut",
  "57P01": "line_cut",
  "57P02": "line_cut",
  "57P03": "server_starting",
  "53300": "server_full",
  "3D000": "database_unknown",
  "55000": "database_closed",
  "3F000": "schema_forbidden",
  "42P01": "table_missing",
  "57014": "too_slow",
  "55P03": "too_slow",
  "25P03": "too_slow",
  "25P04": "too_slow",
};

/** The same refusal means something else at another stage. */
const forbidden: Readonly<Partial<Record<CheckStage, CheckCode>>> = {
  sign_in: "database_forbidden",
  database: "database_forbidden",
  schema: "schema_forbidden",
  table: "table_forbidden",
};

export type FailureContext = {
  readonly stage: CheckStage;
  /** Not the target ended it but a person, or our own time limit. */
  readonly stopped: "stopped" | "too_slow" | undefined;
  /** What the time limit was. */
  readonly limitMs?: number;
};

/** Turns whatever went wrong into a verdict; facts are names and numbers, the detail is the other side's words. */
export function classifyFailure(error: unknown, target: PostgresTarget, context: FailureContext): CheckFailure {
  const stage = error instanceof StageFault || error instanceof SessionFault ? error.stage : context.stage;
  const cause = rootCause(error);
  const { database, user } = target;
  const found = context.stopped ? { code: context.stopped } : forEntra(target, judge(cause, stage));
  const { host, port } = (isOnTheWay(stage) && target.tunnel) || target;
  const secrets = secretsIn(target);
  const facts = {
    host,
    port: String(port),
    ...(target.tunnel && { sshHost: target.tunnel.host, sshUser: target.tunnel.user }),
    database,
    user,
    ...(context.limitMs === undefined ? {} : { seconds: String(Math.round(context.limitMs / 1000)) }),
    ...("facts" in found ? found.facts : {}),
  };
  return {
    stage: stageOf(found.code, stage),
    code: found.code,
    facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, serverWords(value, secrets)])),
    detail: context.stopped ? "" : serverWords(cause instanceof Error ? cause.message : "", secrets),
  };
}

/** With a tunnel, these stages are about the SSH server and not about the database. */
function isOnTheWay(stage: CheckStage): boolean {
  return stage === "name" || stage === "route" || stage === "port" || stage === "tunnel";
}

type Found = { readonly code: CheckCode; readonly facts?: Readonly<Record<string, string>> };

function judge(cause: unknown, stage: CheckStage): Found {
  if (isRecognised(cause)) return { code: cause.code, facts: cause.facts };
  if (cause instanceof EgressRefusal) {
    return { code: "address_denied", facts: { reason: cause.reason, setting: "HEADGATE_EGRESS_ALLOW" } };
  }
  if (cause instanceof ProtocolFault) return { code: cause.code };
  if (cause instanceof NameFault) return { code: codes[cause.code] ?? "host_lookup_failed" };
  if (!(cause instanceof Error)) return { code: "unexpected" };
  const state = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  // What the server thinks of our certificate comes as an alert, after the handshake is over for us.
  if (/^ERR_SSL_.*ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_)/.test(state)) return { code: "tls_client_required" };
  const special = signInCode(cause, state, stage);
  if (special) return { code: special, facts: clientAddress(cause) };
  if (state === "42501") return { code: forbidden[stage] ?? "database_forbidden" };
  return { code: codes[state] ?? "unexpected" };
}

function isRecognised(cause: unknown): cause is SessionFault | TlsRefusal | SshRefusal | EntraRefusal {
  return [SessionFault, TlsRefusal, SshRefusal, EntraRefusal].some((kind) => cause instanceof kind);
}

/** With a token there is no password that could be wrong: the server does not tie this user to the application. */
function forEntra({ entra }: PostgresTarget, found: Found): Found {
  const aboutTheUser = found.code === "password_wrong" || found.code === "login_not_allowed";
  return entra && aboutTheUser ? { ...found, code: "entra_user_unknown" } : found;
}

/** The address under which the server sees us: `no pg_hba.conf entry for host "10.0.0.7"`. */
function clientAddress({ message }: Error): Record<string, string> {
  const found = message.match(/host "([0-9a-f.:]+)"/i)?.[1];
  return found ? { clientAddress: found } : {};
}

/** Some answers belong to a later question than the one that was asked when they came. */
function stageOf(code: CheckCode, stage: CheckStage): CheckStage {
  const belongsToDatabase: readonly CheckCode[] = ["database_unknown", "database_closed", "database_forbidden"];
  return belongsToDatabase.includes(code) ? "database" : stage;
}

function rootCause(error: unknown): unknown {
  if (error instanceof StageFault) return rootCause(error.cause);
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  return error;
}
