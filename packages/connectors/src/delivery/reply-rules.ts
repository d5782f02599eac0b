import type { DeliveryCode } from "@headgate/contract";
import type { HttpFaultCode } from "../net/http/http-fault.ts";

/**
 * What an answer means for the rows of a request (reliability §4.6). `split`: one of them is bad, find it by halving.
 * `again`: all of them later. `stop`: a person has to change something first.
 */
export type ReplyRule =
  | { readonly next: "accepted" | "items" | "split" | "again" }
  | { readonly next: "stop"; readonly code: DeliveryCode; readonly kind: "settings" | "temporary" };

const stop = (code: DeliveryCode, kind: "settings" | "temporary" = "settings"): ReplyRule => ({
  next: "stop",
  code,
  kind,
});
const split: ReplyRule = { next: "split" };
const again: ReplyRule = { next: "again" };

const byStatus: Readonly<Record<number, ReplyRule>> = {
  207: { next: "items" },
  400: split,
  401: stop("receiver_refused_login"),
  403: stop("receiver_refused_login"),
  404: stop("receiver_missing"),
  408: again,
  410: stop("receiver_missing"),
  413: split,
  422: split,
  425: again,
  429: again,
  507: stop("receiver_full", "temporary"),
};

/** Judges a status code. */
export function replyRule(status: number): ReplyRule {
  const known = byStatus[status];
  if (known) return known;
  if (status >= 200 && status < 300) return { next: "accepted" };
  if (status >= 300 && status < 400) return stop("receiver_redirects");
  return status >= 500 ? again : stop("receiver_refused_request");
}

/** Judges a request without an answer. */
export const faultRules: Readonly<Record<HttpFaultCode, ReplyRule>> = {
  address_denied: stop("receiver_address_denied"),
  host_unknown: stop("receiver_unknown_host"),
  untrusted: stop("receiver_untrusted"),
  endless: stop("receiver_answers_without_end"),
  not_http: stop("receiver_answer_unclear"),
  no_connection: again,
  too_slow: again,
  line_cut: again,
};
