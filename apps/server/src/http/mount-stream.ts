import type { StreamEndpoint } from "@headgate/contract";
import type { z } from "zod";
import type { Api, Call } from "./api.ts";
import { receive } from "./receive.ts";

/** Proxies cut lines that are silent for half a minute or longer. */
const pingMilliseconds = 15_000;

/**
 * Binds an endpoint that answers with server-sent events. Until the first event a refusal is still a normal problem;
 * after it the line is cut. The stream ends when the handler returns.
 */
export function mountStream<E extends StreamEndpoint>(
  api: Api,
  endpoint: E,
  handle: (call: Call<E>, send: (event: z.input<E["event"]>) => void) => Promise<void>,
): void {
  receive(api, endpoint, async (call) => {
    const { res } = call;
    const ping = setInterval(() => res.headersSent && res.write(": still here\n\n"), pingMilliseconds);
    try {
      await handle(call, (event) => {
        if (res.destroyed) return;
        if (!res.headersSent) res.writeHead(200, headers);
        res.write(`data: ${JSON.stringify(endpoint.event.parse(event))}\n\n`);
      });
      if (!res.headersSent && !res.destroyed) res.writeHead(200, headers);
      res.end();
    } finally {
      clearInterval(ping);
    }
  });
}

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  // no-transform also tells the compression middleware to leave each event alone.
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};
