import type { DenialReason } from "../address-rules.ts";
import { EgressRefusal } from "../egress-refusal.ts";
import { ConnectTimeout } from "../open-socket.ts";
import { NameFault } from "../resolve-host.ts";
import { ProtocolFault, TlsRefusal } from "../tls-refusal.ts";

/** Why a question over HTTP has no answer. */
export type HttpFaultCode =
  "address_denied" | "host_unknown" | "untrusted" | "no_connection" | "too_slow" | "line_cut" | "endless" | "not_http";

/** A request without a usable answer; whether the other side has acted on it is unknown. */
export class HttpFault extends Error {
  override readonly name = "HttpFault";
  readonly code: HttpFaultCode;
  /** Which rule of the gate stands in the way, with `address_denied`. */
  readonly reason: DenialReason | undefined;

  constructor(code: HttpFaultCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.reason = cause instanceof EgressRefusal ? cause.reason : undefined;
  }
}

/** Codes of undici and of sockets that say that nobody was reached. */
const notReached = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/;

/** Makes a fault of whatever stood between a request and its answer. */
export function httpFault(error: unknown): HttpFault {
  if (error instanceof HttpFault) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const words = error instanceof Error ? error.message : String(error);
  const fault = (name: HttpFaultCode): HttpFault => new HttpFault(name, words, error);
  if (error instanceof EgressRefusal) return fault("address_denied");
  if (error instanceof NameFault) return fault(error.code === "ENOTFOUND" ? "host_unknown" : "no_connection");
  if (error instanceof TlsRefusal) return fault(isHangUp(error) ? "line_cut" : "untrusted");
  if (error instanceof ConnectTimeout || error instanceof ProtocolFault) return fault("too_slow");
  if (notReached.test(code)) return fault("no_connection");
  if (/TIMEOUT/i.test(code) || (error instanceof Error && error.name === "TimeoutError")) return fault("too_slow");
  if (code === "UND_ERR_HEADERS_OVERFLOW") return fault("endless");
  if (error instanceof Error && error.name === "HTTPParserError") return fault("not_http");
  return fault("line_cut");
}

/** A handshake that ends without an alert is a server going down, not one that cannot be trusted. */
function isHangUp(error: TlsRefusal): boolean {
  return error.code === "tls_failed" && /hung up|ECONNRESET|EPIPE/.test(error.message);
}
