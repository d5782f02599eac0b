import express, { type Request, type RequestHandler } from "express";
import { Refusal } from "./refusal.ts";
import { parseStrictJson } from "./strict-json.ts";

export const largestBody = 1024 * 1024;

/** Collects the bytes of a body, at most 1 MB of them after unpacking, so that a small bomb stays small. [R17] */
export const collectBody: RequestHandler = express.raw({ type: () => true, limit: largestBody, inflate: true });

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The body as strictly parsed JSON; an absent body is an empty object. */
export function readBody(req: Request): unknown {
  const bytes: unknown = req.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return {};
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new Refusal("error:request/malformed", { detail: "The body is not valid UTF-8." });
  }
  return parseStrictJson(text);
}
