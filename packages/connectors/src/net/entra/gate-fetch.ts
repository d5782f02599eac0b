import { request, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { CustomFetch } from "openid-client";
import type { EgressGate } from "../egress-gate.ts";
import { startTls } from "../start-tls.ts";

export type GateFetchOptions = {
  readonly authorities: readonly string[] | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

const mostBytes = 256 * 1024;

/**
 * `fetch` for one HTTPS request through the egress gate: to the checked address, the certificate made out to the name.
 * No redirects, no proxies, no second use of a line (R40, R47).
 */
export function gateFetch(gate: EgressGate, { authorities, timeoutMs, signal }: GateFetchOptions): CustomFetch {
  return async (address, { method, headers, body }) => {
    const url = new URL(address);
    if (url.protocol !== "https:") throw new Error("Only HTTPS is spoken here.");
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const target = { host: url.hostname, port: Number(url.port || 443), protocol: "http" } as const;
    const checked = await gate.resolve(target, bounded);
    const socket = await gate.connect(checked, { timeoutMs, signal: bounded });
    try {
      const limits = { timeoutMs, signal: bounded };
      const secure = await startTls(socket, { host: url.hostname, verify: "identity", authorities, ...limits });
      const answer = await ask(secure, url, { method, headers, body: bodyText(body) }, bounded);
      const status = answer.statusCode ?? 0;
      if (status >= 300 && status < 400) throw new Error("The answer leads elsewhere, and Headgate does not follow.");
      const text = await readAll(answer);
      const type = answer.headers["content-type"];
      return new Response(text, { status, ...(type && { headers: { "content-type": type } }) });
    } finally {
      socket.destroy();
    }
  };
}

/** Questions for tokens are forms. */
function bodyText(body: Parameters<CustomFetch>[1]["body"]): string {
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError("Only forms and text are sent here.");
}

type Question = { readonly method: string; readonly headers: Record<string, string>; readonly body: string };

function ask(line: Duplex, url: URL, { method, headers, body }: Question, signal: AbortSignal) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({
      method,
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, host: url.host, connection: "close", "content-length": Buffer.byteLength(body) },
      // Without an agent: any agent, also with `agent: false`, would open a socket of its own past the gate.
      createConnection: () => line,
      signal,
    });
    sent.on("error", reject).on("response", resolve).end(body);
  });
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw new Error("The answer is longer than any token.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
