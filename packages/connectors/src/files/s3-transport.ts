import { Readable } from "node:stream";
import type { HttpClient } from "../net/http/http-client.ts";

/** A request of the S3 library, signed already. */
type SignedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

type Handled = {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Readable;
  };
};

export type S3Transport = { handle(request: SignedRequest): Promise<Handled> };

/** Carries the requests of the S3 library through our own HTTP client, and so through the egress gate. */
export function s3Transport(client: HttpClient, signal: AbortSignal): S3Transport {
  const handle: S3Transport["handle"] = async ({ method, path, query, headers, body }) => {
    const {
      status,
      headers: answered,
      body: bytes,
    } = await client.ask(
      { method, path: `${path}${queryText(query ?? {})}`, headers: withoutFraming(headers), body: bodyBytes(body) },
      signal,
    );
    return { response: { statusCode: status, headers: answered, body: Readable.from([bytes], { objectMode: false }) } };
  };
  return { handle };
}

/** Our client frames messages itself. */
function withoutFraming(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(content-length|expect|connection)$/i.test(name)),
  );
}

function bodyBytes(body: unknown): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  throw new TypeError("Only bytes and text are sent here.");
}

/** As it was signed: percent-encoded by RFC 3986. */
function queryText(query: NonNullable<SignedRequest["query"]>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === null ? encode(name) : [value].flat().map((one) => `${encode(name)}=${encode(one)}`),
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
