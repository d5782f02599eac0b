import type { CustomFetch } from "openid-client";
import type { EgressGate } from "../egress-gate.ts";
import { createHttpClient } from "../http/http-client.ts";

export type GateFetchOptions = {
  readonly authorities: readonly string[] | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** Longer than any token. */
const answerBytes = 256 * 1024;

/**
 * `fetch` for one HTTPS request through the egress gate: to the checked address, the certificate made out to the name.
 * No redirects, no proxies, no second use of a line (R40, R47).
 */
export function gateFetch(gate: EgressGate, { authorities, timeoutMs, signal }: GateFetchOptions): CustomFetch {
  return async (address, { method, headers, body }) => {
    const url = new URL(address);
    if (url.protocol !== "https:") throw new Error("Only HTTPS is spoken here.");
    const limits = { connectMs: timeoutMs, firstByteMs: timeoutMs, totalMs: timeoutMs, answerBytes };
    const client = createHttpClient(url.origin, { gate, authorities, limits });
    try {
      const question = { method, path: `${url.pathname}${url.search}`, headers, body: bodyText(body) };
      const answer = await client.ask(question, signal);
      if (answer.status >= 300 && answer.status < 400)
        throw new Error("The answer leads elsewhere, and Headgate does not follow.");
      const type = answer.headers["content-type"];
      return new Response(answer.body.toString("utf8"), {
        status: answer.status,
        ...(type && { headers: { "content-type": type } }),
      });
    } finally {
      await client.close();
    }
  };
}

/** Questions for tokens are forms. */
function bodyText(body: Parameters<CustomFetch>[1]["body"]): string {
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError("Only forms and text are sent here.");
}
