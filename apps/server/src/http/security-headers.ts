import { randomBytes } from "node:crypto";
import type { RequestHandler, Response } from "express";
import helmet from "helmet";
import { outerScheme } from "./outer-scheme.ts";

const nonces = new WeakMap<Response, string>();

/** The number used once that allows this page's own script and style tags. */
export function nonceOf(res: Response): string {
  const known = nonces.get(res);
  if (known) return known;
  const nonce = randomBytes(16).toString("base64");
  nonces.set(res, nonce);
  return nonce;
}

/** A year, without the hosts beside this one: those are not ours to bind. */
const transportSecurity = "max-age=31536000";

/**
 * Nothing is allowed but what our own pages need: own scripts and styles, own API, no frames, no inline code. [R14]
 * Whether there is TLS, which browsers then keep to, is known to the proxy that speaks it.
 */
export function securityHeaders(): RequestHandler {
  const own = (_req: unknown, res: unknown) => `'nonce-${nonceOf(res as Response)}'`;
  const always = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", own],
        styleSrc: ["'self'", own],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
  });
  return (req, res, next) => {
    if (outerScheme(req) === "https") res.set("strict-transport-security", transportSecurity);
    always(req, res, next);
  };
}
