import { problemSchema, type AnyEndpoint, type Endpoint, type StreamEndpoint } from "@headgate/contract";
import type { z } from "zod";
import { AnswerError, isAbort, ProblemError, UnreachableError } from "./api-errors.ts";
import { readEventStream } from "./event-stream.ts";
import { markSessionEnded } from "./session-ended.ts";

type Part<K extends string, T> = Record<never, never> extends T ? { readonly [P in K]?: T } : { readonly [P in K]: T };

/** What a request needs besides its address; parts the contract leaves empty may be left out. */
export type CallInput<E extends AnyEndpoint> = Part<"params", z.input<E["params"]>> &
  Part<"query", z.input<E["query"]>> &
  Part<"body", z.input<E["body"]>> & {
    readonly signal?: AbortSignal | undefined;
    /** Lets a small request (browsers allow 64 kB) finish although its page is being left. */
    readonly keepalive?: boolean | undefined;
  };

type Args<E extends AnyEndpoint> = Record<never, never> extends CallInput<E> ? [CallInput<E>?] : [CallInput<E>];

/**
 * Sends one request of the contract and parses the answer.
 * Throws `ProblemError` (refused), `UnreachableError` (not answered) or `AnswerError` (answer not understood).
 */
export async function call<E extends Endpoint>(endpoint: E, ...[input]: Args<E>): Promise<z.output<E["response"]>> {
  const response = await send(endpoint, input ?? {}, "application/json");
  const parsed = endpoint.response.safeParse(await readJson(response, endpoint));
  if (!parsed.success) throw new AnswerError(nameOf(endpoint), parsed.error);
  return parsed.data as z.output<E["response"]>;
}

/** Like `call`, for answers that arrive event by event; ends when the server ends it or the signal is aborted. */
export async function* openStream<E extends StreamEndpoint>(
  endpoint: E,
  ...[input]: Args<E>
): AsyncGenerator<z.output<E["event"]>, void, undefined> {
  const response = await send(endpoint, input ?? {}, "text/event-stream");
  if (!response.body) throw new AnswerError(nameOf(endpoint));
  try {
    for await (const data of readEventStream(response.body)) {
      yield parseEvent(endpoint, data);
    }
  } catch (error) {
    if (isAbort(error) || error instanceof AnswerError) throw error;
    throw new UnreachableError(error);
  }
}

type AnyInput = {
  params?: unknown;
  query?: unknown;
  body?: unknown;
  signal?: AbortSignal | undefined;
  keepalive?: boolean | undefined;
};

async function send(endpoint: AnyEndpoint, input: AnyInput, accept: string): Promise<Response> {
  const headers: Record<string, string> = { accept, "x-headgate": "1" };
  const init: RequestInit = { method: endpoint.method.toUpperCase(), headers, credentials: "same-origin" };
  if (endpoint.method !== "get") {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(input.body ?? {});
  }
  if (input.signal) init.signal = input.signal;
  if (input.keepalive) init.keepalive = true;
  const response = await fetch(addressOf(endpoint.path, input.params, input.query), init).catch((error: unknown) => {
    throw isAbort(error) ? error : new UnreachableError(error);
  });
  if (response.ok) return response;
  throw await readProblem(response, endpoint);
}

async function readProblem(response: Response, endpoint: AnyEndpoint): Promise<Error> {
  const problem = problemSchema.safeParse(await readJson(response, endpoint).catch(() => undefined));
  if (problem.success) {
    if (problem.data.type === "error:auth/signed-out") markSessionEnded();
    return new ProblemError(problem.data);
  }
  // A proxy in between answers in its own words while the server is away.
  if ([502, 503, 504].includes(response.status)) return new UnreachableError(response.status);
  return new AnswerError(nameOf(endpoint));
}

async function readJson(response: Response, endpoint: AnyEndpoint): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch (error) {
    throw isAbort(error) ? error : new AnswerError(nameOf(endpoint), error);
  }
}

function parseEvent<E extends StreamEndpoint>(endpoint: E, data: string): z.output<E["event"]> {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch (error) {
    throw new AnswerError(nameOf(endpoint), error);
  }
  const parsed = endpoint.event.safeParse(json);
  if (!parsed.success) throw new AnswerError(nameOf(endpoint), parsed.error);
  return parsed.data as z.output<E["event"]>;
}

function addressOf(path: string, params: unknown, query: unknown): string {
  const values = new Map(Object.entries((params ?? {}) as Record<string, string>));
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(values.get(name) ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, string | number | undefined>)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search.toString()}`;
}

function nameOf(endpoint: AnyEndpoint): string {
  return `${endpoint.method.toUpperCase()} ${endpoint.path}`;
}
