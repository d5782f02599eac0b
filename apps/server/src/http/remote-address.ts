import type { Request } from "express";

/** The address of the other end of the line, or what a trusted proxy there (`HEADGATE_TRUST_PROXY`) says of it. [R15] */
export function remoteAddress(req: Request): string {
  return req.ip ?? "";
}
