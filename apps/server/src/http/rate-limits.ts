import { endpoints, type AnyEndpoint, type EndpointName, type User } from "@headgate/contract";
import type { Request, RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { Refusal } from "./refusal.ts";

export type RateLimit = {
  readonly perMinute: number;
  /** How many may be under way at the same time. */
  readonly atOnce?: number;
};
export type RateLimits = Partial<Record<EndpointName, RateLimit>>;

/** Who asks: undefined for strangers. */
export type Asker = (req: Request) => User | undefined;

/**
 * What is costly or tempting, counted for each person who is signed in, and for each address where nobody is yet.
 * Everything else is as fast as it is. [R18]
 */
export const rateLimits: RateLimits = {
  signIn: { perMinute: 10 },
  completeSetup: { perMinute: 10 },
  changePassword: { perMinute: 10 },
  checkConnection: { perMinute: 10, atOnce: 3 },
  rotateSecret: { perMinute: 10, atOnce: 3 },
  checkGrants: { perMinute: 30 },
  readHostKey: { perMinute: 10 },
  acceptHostKey: { perMinute: 10 },
  getPreview: { perMinute: 30 },
  dryRunDraft: { perMinute: 30 },
};

const windowMs = 60_000;

/** How soon a test that was one too many may find room; most take a second or two. */
const roomAfterSeconds = 5;

/** The brakes of one endpoint, if it has any; to be put behind its guard, so that only admitted requests count. */
export function brakesFor(endpoint: AnyEndpoint, limits: RateLimits, asker: Asker): RequestHandler[] {
  const found = Object.entries<AnyEndpoint>(endpoints).find(([, one]) => one === endpoint);
  const limit = found && limits[found[0] as EndpointName];
  if (!limit) return [];
  const keyOf = (req: Request) => asker(req)?.id ?? ipKeyGenerator(req.ip ?? "");
  const { perMinute, atOnce } = limit;
  return [...(atOnce === undefined ? [] : [atOnceBrake(atOnce, keyOf)]), minuteBrake(perMinute, keyOf)];
}

function minuteBrake(limit: number, keyGenerator: (req: Request) => string): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    keyGenerator,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // Only configured proxies are believed (R15), so there is nothing to warn about when others send such headers.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (req, _res, next) => next(new Refusal("error:request/too-many", { retryAfterSeconds: secondsLeft(req) })),
  });
}

function atOnceBrake(limit: number, keyOf: (req: Request) => string): RequestHandler {
  const underWay = new Map<string, number>();
  return (req, res, next) => {
    // Whoever asked has gone already: the end of this answer, which would give the place back, lies behind us.
    if (res.destroyed) return;
    const key = keyOf(req);
    const before = underWay.get(key) ?? 0;
    if (before >= limit) throw new Refusal("error:request/too-many-at-once", { retryAfterSeconds: roomAfterSeconds });
    underWay.set(key, before + 1);
    res.once("close", () => {
      const left = (underWay.get(key) ?? 1) - 1;
      if (left === 0) underWay.delete(key);
      else underWay.set(key, left);
    });
    next();
  };
}

/** express-rate-limit leaves what it counted on the request. */
function secondsLeft(req: object): number {
  const counted = "rateLimit" in req ? req.rateLimit : undefined;
  const resetTime = typeof counted === "object" && counted && "resetTime" in counted ? counted.resetTime : undefined;
  const left = resetTime instanceof Date ? resetTime.getTime() - Date.now() : windowMs;
  return Math.max(1, Math.ceil(left / 1000));
}
