import { endpoints, type AnyEndpoint, type EndpointName } from "@headgate/contract";
import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import { Refusal } from "./refusal.ts";

export type RateLimits = Partial<Record<EndpointName, number>>;

/** Requests a minute from one address, for what is costly or tempting. Everything else is as fast as it is. [R18] */
export const rateLimits: RateLimits = {
  signIn: 30,
  completeSetup: 30,
  changePassword: 30,
  checkConnection: 30,
  checkGrants: 60,
  readHostKey: 30,
  getPreview: 60,
  dryRunDraft: 30,
};

const windowMs = 60_000;

/** The brake in front of one endpoint, or none. */
export function brakeFor(endpoint: AnyEndpoint, limits: RateLimits): RequestHandler[] {
  const found = Object.entries<AnyEndpoint>(endpoints).find(([, one]) => one === endpoint);
  const limit = found && limits[found[0] as EndpointName];
  if (limit === undefined) return [];
  return [
    rateLimit({
      windowMs,
      limit,
      standardHeaders: "draft-8",
      legacyHeaders: false,
      // Proxy headers are not believed (R15), so there is nothing to warn about when one is sent.
      validate: { xForwardedForHeader: false, forwardedHeader: false },
      handler: (req, _res, next) =>
        next(new Refusal("error:request/too-many", { retryAfterSeconds: secondsLeft(req) })),
    }),
  ];
}

/** express-rate-limit leaves what it counted on the request. */
function secondsLeft(req: object): number {
  const counted = "rateLimit" in req ? req.rateLimit : undefined;
  const resetTime = typeof counted === "object" && counted && "resetTime" in counted ? counted.resetTime : undefined;
  const left = resetTime instanceof Date ? resetTime.getTime() - Date.now() : windowMs;
  return Math.max(1, Math.ceil(left / 1000));
}
