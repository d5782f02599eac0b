import type { Readable } from "node:stream";
import { Pool } from "undici";
import type { EgressGate } from "../egress-gate.ts";
import { dialHttp } from "./dial-http.ts";
import { HttpFault, httpFault } from "./http-fault.ts";

/** Milliseconds and bytes one request may take (reliability §4.6). */
export type HttpLimits = {
  readonly connectMs: number;
  /** Until the head of the answer is there. */
  readonly firstByteMs: number;
  readonly totalMs: number;
  readonly answerBytes: number;
};

export const httpLimits: HttpLimits = {
  connectMs: 10_000,
  firstByteMs: 30_000,
  totalMs: 60_000,
  answerBytes: 256 * 1024,
};

export type HttpRequest = {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
};

export type HttpAnswer = {
  readonly status: number;
  /** Names in small letters; a header that came twice has its values joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type HttpClient = {
  /** Asks once. Throws an `HttpFault`, or the signal's reason. Redirects are answers like any other (R47). */
  ask(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  close(): Promise<void>;
};

export type HttpClientOptions = {
  readonly gate: EgressGate;
  /** PEM texts of authorities in place of the usual ones. */
  readonly authorities?: readonly string[] | undefined;
  readonly connections?: number;
  readonly limits?: Partial<HttpLimits> | undefined;
};

/** A client for one origin. Every line is opened by the gate; proxies of the environment are never asked (R40, R47). */
export function createHttpClient(origin: string, options: HttpClientOptions): HttpClient {
  const limits = { ...httpLimits, ...options.limits };
  const ended = new AbortController();
  const pool = new Pool(origin, {
    connections: options.connections ?? 1,
    // One request at a time on a line, so that a lost line loses no second answer.
    pipelining: 1,
    allowH2: false,
    connect: dialHttp(options.gate, options.authorities, limits.connectMs, ended.signal),
    headersTimeout: limits.firstByteMs,
    bodyTimeout: limits.totalMs,
  });
  return {
    ask: async ({ method, path, headers, body }, signal) => {
      signal.throwIfAborted();
      const bounded = new AbortController();
      const timer = setTimeout(() => bounded.abort(), limits.totalMs);
      const onAbort = (): void => bounded.abort(signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
      try {
        const question = { method: method as "POST", path, headers, body: body ?? null, signal: bounded.signal };
        const answer = await pool.request(question);
        const bytes = await readAnswer(answer.body, limits.answerBytes);
        return { status: answer.statusCode, headers: plainHeaders(answer.headers), body: bytes };
      } catch (error) {
        signal.throwIfAborted();
        throw bounded.signal.aborted ? new HttpFault("too_slow", "The answer took too long.") : httpFault(error);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
      }
    },
    close: async () => {
      ended.abort();
      await pool.destroy();
    },
  };
}

async function readAnswer(body: Readable, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop destroys the body and with it the line.
    if (length > mostBytes) throw new HttpFault("endless", `The answer is longer than ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}
