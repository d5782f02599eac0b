import type { Problem } from "@headgate/contract";
import { vi } from "vitest";

export type Call = {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Headers;
};

type Answer = (call: Call) => Response | Promise<Response>;

/**
 * Stands where the network begins: answers `fetch` by "METHOD /path", remembers what was asked, and refuses what no test
 * has foreseen the way the server would.
 */
export function fakeServer(answers: Readonly<Record<string, Answer>>): { readonly calls: Call[] } {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
    const method = init.method ?? "GET";
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const call = { method, path: address, body, headers: new Headers(init.headers) };
    calls.push(call);
    const answer = answers[`${method} ${address}`];
    return answer ? answer(call) : refusal({ type: "error:request/not-found", status: 404 });
  });
  return { calls };
}

export function answer(json: unknown): Response {
  return Response.json(json);
}

export function refusal(problem: Pick<Problem, "type" | "status"> & Partial<Problem>): Response {
  const body: Problem = { title: "Refused", requestId: "7c1d", ...problem };
  return Response.json(body, { status: body.status, headers: { "content-type": "application/problem+json" } });
}

export function eventStream(chunks: readonly string[]): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}
