import { z } from "zod";
import { endpoint } from "./endpoint.ts";

export const getHealth = endpoint({
  method: "get",
  path: "/healthz",
  tag: "System",
  summary: "Answers as long as the web process is alive.",
  access: "public",
  response: z.object({ status: z.literal("alive"), version: z.string() }),
});

const part = z.object({ ready: z.boolean(), detail: z.string() });

/** Answered with status 200 when `ready`, else 503. */
export const getReadiness = endpoint({
  method: "get",
  path: "/readyz",
  tag: "System",
  summary: "Whether the store, its migrations and at least one worker are ready.",
  access: "public",
  response: z.object({ ready: z.boolean(), store: part, migrations: part, worker: part }),
});

export const getSystem = endpoint({
  method: "get",
  path: "/api/system",
  tag: "System",
  summary: "Facts about this installation that pages show.",
  access: "viewer",
  response: z.object({
    version: z.string(),
    /** "Try with sample data" works here. */
    practice: z.boolean(),
    /** Loopback databases are allowed, because Headgate itself can only be reached from this machine. */
    loopbackAllowed: z.boolean(),
  }),
});
