import type { Problem } from "@headgate/contract";
import { isStoreUnavailable } from "@headgate/store";
import type { ErrorRequestHandler, Request, Response } from "express";
import { Refusal, refusals } from "./refusal.ts";

/** Answers with problem details (RFC 9457); never with HTML, a stack or words of another system. [R16] */
export function sendProblem(res: Response, refusal: Refusal): void {
  const [status, title] = refusals[refusal.type];
  const { detail, fields, retryAfterSeconds } = refusal.details;
  const problem: Problem = {
    type: refusal.type,
    title,
    status,
    ...(detail !== undefined && { detail }),
    ...(fields && { fields: { ...fields } }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    requestId: requestIdOf(res),
  };
  if (retryAfterSeconds !== undefined) res.set("retry-after", String(retryAfterSeconds));
  res.set("cache-control", "no-store");
  res.status(status).type("application/problem+json").send(JSON.stringify(problem));
}

/** The id that stands in the answer's header, in its problem details and in the log. */
export function requestIdOf(res: Response): string {
  return String(res.getHeader("x-request-id") ?? "");
}

/** The last stop of everything thrown while answering. */
export function answerErrors(report: (error: unknown, req: Request, res: Response) => void): ErrorRequestHandler {
  // Express recognises error handlers by their four parameters.
  return (error: unknown, req, res, _next) => {
    // Whoever asked has gone, and what we were doing for them was stopped: nobody is left to be told.
    if (res.destroyed) return;
    const refusal = error instanceof Refusal ? error : asRefusal(error);
    if (refusals[refusal.type][0] >= 500) report(error, req, res);
    // The head is out and cannot be taken back: cutting the line tells the other side that something is missing.
    if (res.headersSent) res.destroy();
    else sendProblem(res, refusal);
  };
}

/** What Express and its body reader throw, by the documented `type` and `status` of http-errors. */
function asRefusal(error: unknown): Refusal {
  const { type, status } = (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>;
  if (type === "entity.too.large") return new Refusal("error:request/too-large");
  if (type === "encoding.unsupported" || type === "charset.unsupported")
    return new Refusal("error:request/unsupported-type");
  if (error instanceof URIError || (typeof status === "number" && status >= 400 && status < 500))
    return new Refusal("error:request/malformed");
  if (isStoreUnavailable(error)) return new Refusal("error:server/store-unavailable", { retryAfterSeconds: 5 });
  return new Refusal("error:server/bug");
}
