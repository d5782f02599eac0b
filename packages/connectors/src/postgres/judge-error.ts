import type { CheckCode, CheckStage } from "@headgate/contract";
import { EgressRefusal } from "../net/egress-refusal.ts";
import { EntraRefusal } from "../net/entra/entra-refusal.ts";
import { Ipv6Only } from "../net/find-route.ts";
import { NameFault } from "../net/resolve-host.ts";
import { SshRefusal } from "../net/ssh/ssh-refusal.ts";
import { codeOf } from "../net/telling-error.ts";
import { ProtocolFault, TlsRefusal } from "../net/tls-refusal.ts";
import { SessionFault } from "./session-fault.ts";
import { signInCode } from "./sign-in-codes.ts";
import { refusalFacts } from "./refusal-facts.ts";

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
  EAFNOSUPPORT: "network_unreachable",
  EACCES: "network_unreachable",
  EPERM: "network_unreachable",
  ECONNRESET: "line_cut",
  EPIPE: "line_cut",
  "08006": "line_cut",
  "40001": "line_cut",
  "57P01": "line_cut",
  "57P02": "line_cut",
  "57P03": "server_starting",
  "53300": "server_full",
  "3D000": "database_unknown",
  "55000": "database_closed",
  "3F000": "schema_forbidden",
  "42P01": "table_missing",
  "25006": "read_only_server",
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
  write: "write_forbidden",
};

export type Found = { readonly code: CheckCode; readonly facts?: Readonly<Record<string, string>> };

/** Which code of ours an error means that came at this stage. */
export function judgeError(cause: unknown, stage: CheckStage): Found {
  if (isRecognised(cause)) return { code: cause.code, facts: cause.facts };
  if (cause instanceof EgressRefusal) {
    return { code: "address_denied", facts: { reason: cause.reason, setting: "HEADGATE_EGRESS_ALLOW" } };
  }
  if (cause instanceof Ipv6Only) return { code: "ipv6_only" };
  if (cause instanceof NameFault) return { code: codes[cause.code] ?? "host_lookup_failed" };
  if (!(cause instanceof Error)) return { code: "unexpected" };
  const state = codeOf(cause);
  // What the server thinks of our certificate comes as an alert, after the handshake is over for us.
  if (/^ERR_SSL_.*ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_)/.test(state)) return { code: "tls_client_required" };
  const known = signInCode(cause, state, stage) ?? (state === "42501" ? forbidden[stage] : codes[state]);
  const code = known ?? (state === "42501" ? "database_forbidden" : "unexpected");
  return { code, facts: refusalFacts(code, cause) };
}

type Recognised = SessionFault | ProtocolFault | TlsRefusal | SshRefusal | EntraRefusal;

function isRecognised(cause: unknown): cause is Recognised {
  return [SessionFault, ProtocolFault, TlsRefusal, SshRefusal, EntraRefusal].some((kind) => cause instanceof kind);
}
