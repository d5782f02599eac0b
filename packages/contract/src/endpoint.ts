import { z } from "zod";

/** Who may call an endpoint. `public` needs no session; the others name the least role that may call it. */
export type Access = "public" | "viewer" | "editor" | "admin";

export type Method = "get" | "post" | "put" | "delete";

export type Tag = "Sign-in" | "Connections" | "Tunnels" | "Catalog" | "Drafts" | "Flows" | "Runs" | "System";

type Common<Params, Query, Body> = {
  readonly method: Method;
  /** Express style path, for example `/api/flows/:flowId`. */
  readonly path: string;
  readonly tag: Tag;
  /** One sentence, shown in the API reference. */
  readonly summary: string;
  readonly access: Access;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
};

/** A request that gets one JSON answer. */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> = Common<Params, Query, Body> & { readonly kind: "json"; readonly response: Response };

/** A request answered by server-sent events, each carrying one JSON `event` in its data line. */
export type StreamEndpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Event extends z.ZodType = z.ZodType,
> = Common<Params, Query, Body> & { readonly kind: "stream"; readonly event: Event };

type Defaults = {
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
};

/** No path parameters, no query, no body: an unknown field is refused, not ignored. */
export const nothing = z.strictObject({});

type Part<T, K extends string> = T extends { readonly [P in K]: infer S extends z.ZodType } ? S : typeof nothing;
type Filled<T> = Common<Part<T, "params">, Part<T, "query">, Part<T, "body">>;
type Given = Omit<Common<never, never, never>, "params" | "query" | "body"> & Defaults;

/** Describes one request and its answer; server, browser and OpenAPI document are all derived from it. */
export function endpoint<const T extends Given & { response: z.ZodType }>(
  given: T,
): Filled<T> & { readonly kind: "json"; readonly response: T["response"] } {
  return { params: nothing, query: nothing, body: nothing, ...given, kind: "json" } as never;
}

/** Like `endpoint`, for an answer that arrives bit by bit. */
export function eventStream<const T extends Given & { event: z.ZodType }>(
  given: T,
): Filled<T> & { readonly kind: "stream"; readonly event: T["event"] } {
  return { params: nothing, query: nothing, body: nothing, ...given, kind: "stream" } as never;
}

export type AnyEndpoint = Endpoint | StreamEndpoint;
