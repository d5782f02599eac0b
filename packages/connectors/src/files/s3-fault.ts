import { WriterFault } from "../batch-writer.ts";
import { retryAfterMs } from "../delivery/back-off.ts";
import type { Circuit } from "../delivery/circuit.ts";
import type { Clock } from "../delivery/clock.ts";
import { faultRules, replyRule, type ReplyRule } from "../delivery/reply-rules.ts";
import { HttpFault } from "../net/http/http-fault.ts";

type Judged = { readonly rule: ReplyRule; readonly reason: string; readonly retryAfterMs: number };

/** The status, name and headers of what the S3 library throws for an answer. */
type ServiceError = {
  readonly name: string;
  readonly $metadata: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
};

/** Whether an answer says that there is no such object. */
export function isMissing(error: unknown): boolean {
  return isServiceError(error) && error.$metadata.httpStatusCode === 404 && error.name !== "NoSuchBucket";
}

/** Whether an answer says that somebody else has made the object. */
export function isTaken(error: unknown): boolean {
  return isServiceError(error) && (error.$metadata.httpStatusCode === 412 || error.$metadata.httpStatusCode === 409);
}

/** Whether the storage does not know a condition it was given. */
export function isUnknownCondition(error: unknown): boolean {
  return isServiceError(error) && (error.$metadata.httpStatusCode === 501 || error.name === "NotImplemented");
}

/**
 * Does one thing at the storage, again and again while that helps. Errors that `lets` recognises are handed on; any
 * other becomes a `WriterFault`.
 */
export async function atStorage<T>(
  { circuit, clock, signal }: { readonly circuit: Circuit; readonly clock: Clock; readonly signal: AbortSignal },
  work: () => Promise<T>,
  lets: (error: unknown) => boolean = () => false,
): Promise<T> {
  for (;;) {
    const round = await circuit.ready(signal);
    try {
      const result = await work();
      circuit.succeeded();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      if (lets(error)) throw error;
      const { rule, reason, retryAfterMs: wait } = judge(error, clock);
      if (rule.next === "stop") throw new WriterFault(rule.code, rule.kind, { reason }, error);
      if (rule.next !== "again") throw new WriterFault("receiver_refused_request", "settings", { reason }, error);
      circuit.failed(round, { reason, retryAfterMs: wait });
    }
  }
}

function judge(error: unknown, clock: Clock): Judged {
  if (error instanceof HttpFault)
    return { rule: faultRules[error.code], reason: error.reason ?? error.code, retryAfterMs: 0 };
  // An answer that cannot be read at all, an HTML page for example.
  if (!isServiceError(error)) return { rule: faultRules.not_http, reason: "unreadable", retryAfterMs: 0 };
  const status = error.$metadata.httpStatusCode ?? 0;
  const wait = retryAfterMs(error.$response?.headers?.["retry-after"], clock.now());
  const reason = /^[A-Za-z]{1,60}$/.test(error.name) ? `HTTP ${status} ${error.name}` : `HTTP ${status}`;
  if (error.name === "NoSuchBucket")
    return { rule: { next: "stop", code: "file_place_missing", kind: "settings" }, reason, retryAfterMs: 0 };
  return { rule: status === 0 ? faultRules.not_http : replyRule(status), reason, retryAfterMs: wait };
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "$metadata" in error && typeof error.$metadata === "object";
}
