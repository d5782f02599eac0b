import type { Request } from "express";

/** The scheme the browser used, where a proxy that is trusted says so (`HEADGATE_TRUST_PROXY`); else undefined. [R15] */
export function outerScheme(req: Request): "http" | "https" | undefined {
  const trusted: unknown = req.app.get("trust proxy");
  if (!trusted || req.get("x-forwarded-proto") === undefined) return undefined;
  return req.protocol === "https" ? "https" : "http";
}
