import { randomUUID } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";
import { describeError } from "./describe-error.ts";
import { requestIdOf } from "./send-problem.ts";

/** Names every request by an id and logs one line per answer: an allow-list of fields, no query, header or body. [R30] */
export function requestLog(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (_req, res) => {
      const id = randomUUID();
      res.setHeader("x-request-id", id);
      return id;
    },
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({ id, method, path: pathOf(url) }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
      err: describeError,
    },
    customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? "error" : quiet(res.statusCode)),
  });
}

/** Logs what an answer with status 500 hides. */
export function reportTo(log: Logger): (error: unknown, req: Request, res: Response) => void {
  return (error, req, res) => {
    const request = { id: requestIdOf(res), method: req.method, path: pathOf(req.originalUrl) };
    log.error({ request, err: describeError(error) }, "A request failed because of a fault of ours.");
  };
}

function quiet(status: number): "debug" | "info" {
  return status === 304 ? "debug" : "info";
}

/** Paths carry ids only; what stands behind the question mark may be anything. */
function pathOf(url: string): string {
  return (url.split("?", 1)[0] ?? "").slice(0, 300);
}
