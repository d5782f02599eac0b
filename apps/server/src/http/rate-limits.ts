import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import { Refusal } from "./refusal.ts";

/** At most this many requests a minute from one address. Successful ones count too. [R18] */
export function perMinute(limit: number): RequestHandler {
  const windowMs = 60_000;
  return rateLimit({
    windowMs,
    limit,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: (_req, res, next) => {
      const seconds = Number(
        /(?:^|;)\s*t=(\d+)/.exec(String(res.getHeader("ratelimit") ?? ""))?.[1] ?? windowMs / 1000,
      );
      next(new Refusal("error:request/too-many", { retryAfterSeconds: seconds }));
    },
  });
}
