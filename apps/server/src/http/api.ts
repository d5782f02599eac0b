import type { AnyEndpoint, User } from "@headgate/contract";
import type { Request, Response, Router } from "express";
import type { ServerContext } from "../context.ts";
import type { Input } from "./parse-input.ts";

/** What routes are bound to: the router, what handlers may use, and which endpoints have a handler so far. */
export type Api = {
  readonly router: Router;
  readonly context: ServerContext;
  readonly mounted: Set<AnyEndpoint>;
};

/** One request, parsed and admitted. */
export type Call<E extends AnyEndpoint> = Input<E> & {
  readonly context: ServerContext;
  /** The person who is signed in; asking for it on a public endpoint is a bug. */
  readonly user: User;
  /** Fires when the browser has gone; slow work must end then, at the other database too. */
  readonly signal: AbortSignal;
  readonly req: Request;
  readonly res: Response;
};
