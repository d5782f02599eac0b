import type { Request } from "express";
import { outerScheme } from "./outer-scheme.ts";
import { Refusal } from "./refusal.ts";

/**
 * Keeps other sites from acting in a person's name. A change needs JSON and a header of ours, neither of which a foreign
 * page can send without asking first, and a browser that says the request comes from our own page. [R12]
 */
export function requireSameSite(req: Request): void {
  if (!isPlainJson(req.get("content-type"))) throw new Refusal("error:request/unsupported-type");
  if (req.get("x-headgate") !== "1") throw new Refusal("error:request/cross-site");
  const origin = req.get("origin");
  const site = req.get("sec-fetch-site");
  if (origin === undefined && site === undefined) throw new Refusal("error:request/cross-site");
  if (site !== undefined && site !== "same-origin") throw new Refusal("error:request/cross-site");
  if (origin !== undefined && !isOwnOrigin(origin, req)) throw new Refusal("error:request/cross-site");
}

function isPlainJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType.trim());
}

/**
 * The scheme is compared where a trusted proxy tells it: behind any other that speaks TLS we see plain HTTP. The host
 * cannot be forged by a page.
 */
function isOwnOrigin(origin: string, req: Request): boolean {
  try {
    const { protocol, host } = new URL(origin);
    const scheme = outerScheme(req);
    if (scheme ? protocol !== `${scheme}:` : protocol !== "http:" && protocol !== "https:") return false;
    return host === new URL(`${protocol}//${req.get("host")}`).host;
  } catch {
    return false;
  }
}
