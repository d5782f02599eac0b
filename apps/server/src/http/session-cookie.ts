import type { Request, Response } from "express";
import { absoluteHours } from "@headgate/store";

/** `__Host-` makes browsers insist on Secure, Path=/ and no Domain, so that no neighbouring host can plant it. [R10] */
export const sessionCookie = "__Host-headgate";

/** The session's secret as the browser sent it, or undefined. */
export function readSessionCookie(req: Request): string | undefined {
  for (const part of (req.get("cookie") ?? "").split(";")) {
    const [name, value] = part.trim().split("=", 2);
    if (name === sessionCookie && value) return value;
  }
  return undefined;
}

export function setSessionCookie(res: Response, token: string): void {
  res.cookie(sessionCookie, token, { ...attributes, maxAge: absoluteHours * 3_600_000 });
}

export function clearSessionCookie(res: Response): void {
  res.clearCookie(sessionCookie, attributes);
}

const attributes = { httpOnly: true, secure: true, sameSite: "lax", path: "/" } as const;
