import type { TestProject } from "vitest/node";
import { startPostgres, type ServerAddress } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgres: ServerAddress;
  }
}

/** Starts the one PostgreSQL server that all integration tests of a run share; returns how to stop it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { host, port, user, password, stop } = await startPostgres({ settings: { max_connections: "300" } });
  project.provide("postgres", { host, port, user, password });
  return stop;
}
