import type { AnyEndpoint, User } from "@headgate/contract";
import type { Request, RequestHandler, Response } from "express";
import type { Api, Call } from "./api.ts";
import { admit } from "./guard.ts";
import { parseInput } from "./parse-input.ts";
import { brakesFor } from "./rate-limits.ts";
import { collectBody, readBody } from "./read-body.ts";
import { requireSameSite } from "./same-site.ts";

/** Who is admitted and where the request comes from is settled before a byte of the body is read. */
export function receive<E extends AnyEndpoint>(
  { context, router, mounted }: Api,
  endpoint: E,
  answer: (call: Call<E>) => Promise<void>,
): void {
  if (mounted.has(endpoint)) throw new Error(`${endpoint.method} ${endpoint.path} has two handlers.`);
  mounted.add(endpoint);
  const people = new WeakMap<Request, User>();

  const guard: RequestHandler = async (req, _res, next) => {
    const user = await admit(context.store.db, endpoint, req);
    if (user) people.set(req, user);
    if (endpoint.method !== "get") requireSameSite(req);
    next();
  };
  const handle: RequestHandler = async (req, res) => {
    const input = parseInput(endpoint, req, endpoint.method === "get" ? {} : readBody(req));
    await answer({
      ...input,
      context,
      get user() {
        const user = people.get(req);
        if (!user) throw new Error(`${endpoint.path} is public: nobody is signed in for certain.`);
        return user;
      },
      signal: goneSignal(res),
      req,
      res,
    });
  };
  const brakes = brakesFor(endpoint, context.rateLimits, (req) => people.get(req));
  router[endpoint.method](endpoint.path, guard, ...brakes, collectBody, handle);
}

function goneSignal(res: Response): AbortSignal {
  const gone = new AbortController();
  res.on("close", () => gone.abort());
  // Who leaves while we find out who it is has closed before we listened.
  if (res.destroyed) gone.abort();
  return gone.signal;
}
