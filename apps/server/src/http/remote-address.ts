import type { Request } from "express";

/** The address of the other end of the line; proxy headers are not believed. [R15] */
export function remoteAddress(req: Request): string {
  return req.socket.remoteAddress ?? "";
}
