import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import type { KeyAndCertificate } from "./certificates.ts";

export type ReceivedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it came over the line. */
  readonly raw: Buffer;
  /** Unpacked when it came as gzip. */
  readonly body: Buffer;
  /** Milliseconds on this process's own clock. */
  readonly at: number;
};

/**
 * What a server does with a request: answers, or misbehaves. `hold` never answers; `cut` hangs up without an answer,
 * `cut_body` in the middle of one; `endless` sends a body that does not stop, `drip` one byte of it every 20 ms.
 */
export type HttpReply =
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string | Buffer;
      readonly delayMs?: number;
    }
  | "hold"
  | "cut"
  | "cut_body"
  | "endless"
  | "drip";

export type HttpServer = {
  readonly origin: string;
  readonly port: number;
  /** In the order of arrival. */
  readonly requests: readonly ReceivedRequest[];
  close(): Promise<void>;
};

/** An HTTP server on this machine that answers as `reply` says. */
export async function startHttpServer(
  reply: (request: ReceivedRequest) => HttpReply | Promise<HttpReply>,
  identity?: KeyAndCertificate,
): Promise<HttpServer> {
  const requests: ReceivedRequest[] = [];
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const raw = await buffer(req);
    const body = req.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw;
    const headers = req.headers as Record<string, string | undefined>;
    const request = { method: req.method ?? "", path: req.url ?? "", headers, raw, body, at: performance.now() };
    requests.push(request);
    await act(await reply(request), res);
  };
  const listener = (req: IncomingMessage, res: ServerResponse): void => {
    res.on("error", () => {});
    handle(req, res).catch((error: unknown) => {
      // A bug of the test itself shows as an answer nobody expects.
      res.writeHead(599).end(String(error));
    });
  };
  const server = identity
    ? createSecureServer({ key: identity.key, cert: identity.certificate }, listener)
    : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${identity ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function act(reply: HttpReply, res: ServerResponse): Promise<void> {
  if (reply === "hold") return;
  if (reply === "cut") return void res.destroy();
  if (typeof reply === "object") {
    if (reply.delayMs) await pause(reply.delayMs);
    res.writeHead(reply.status, reply.headers).end(reply.body);
    return;
  }
  res.writeHead(200, { "content-type": "application/json", ...(reply === "cut_body" && { "content-length": "1000" }) });
  if (reply === "cut_body") {
    res.write('{"success":', () => res.destroy());
    return;
  }
  await pipeline(Readable.from(reply === "endless" ? endless() : drip()), res).catch(() => {});
}

function* endless(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(64 * 1024, " ");
}

async function* drip(): AsyncGenerator<Buffer> {
  for (;;) {
    yield Buffer.from(" ");
    await pause(20);
  }
}
