import { randomUUID } from "node:crypto";
import { endpoints, type AnyEndpoint } from "@headgate/contract";
import express from "express";
import { pino } from "pino";
import { createEgressGate } from "@headgate/connectors";
import { createSession } from "@headgate/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configureApp } from "../app.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { sessionCookie } from "./session-cookie.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** What anybody may ask; a new public route has to be added here by hand. */
const open = [
  "get /healthz",
  "get /readyz",
  "get /api/setup",
  "post /api/setup",
  "post /api/session",
  "get /api/openapi.json",
  "get /api/reference",
  "get /{*splat}",
];

type Layer = {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
};

function routesOf(layers: readonly Layer[]): { method: string; path: string }[] {
  return layers.flatMap(({ route, handle }) => {
    if (!route) return routesOf(handle.stack ?? []);
    return Object.keys(route.methods).map((method) => ({ method, path: route.path }));
  });
}

function allRoutes() {
  const app = express();
  configureApp(
    app,
    {
      store: server.store,
      gate: createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] }),
      filesDir: undefined,
      practice: undefined,
      version: "0",
      loopbackAllowed: true,
      inContainer: false,
      rateLimits: {},
      log: pino({ level: "silent" }),
      stopping: new AbortController().signal,
    },
    "/nowhere",
  );
  return routesOf(app.router.stack as unknown as Layer[]);
}

function concrete(path: string): string {
  return path.replace(/:[A-Za-z]+/g, randomUUID());
}

test("every route of the router but the public ones answers 401 without a session [R2]", async () => {
  const routes = allRoutes();
  expect(routes.length).toBeGreaterThanOrEqual(Object.keys(endpoints).length);
  const closed = routes.filter(({ method, path }) => !open.includes(`${method} ${path}`));
  expect(routes.length - closed.length).toBe(open.length);
  for (const { method, path } of closed) {
    const answer = await server.ask(method, concrete(path), { as: "nobody" });
    expect.soft(answer.problem(), `${method} ${path}`).toMatchObject({ type: "error:auth/signed-out", status: 401 });
  }
});

test("the contract calls exactly these requests public [R2]", () => {
  const all = Object.values<AnyEndpoint>(endpoints).filter(({ access }) => access === "public");
  expect(all.every(({ method, path }) => open.includes(`${method} ${path}`))).toBe(true);
});

test("every change but those of one's own session answers 403 to a viewer [R2]", async () => {
  const own = ["delete /api/session", "put /api/session/password"];
  const changes = allRoutes().filter(
    ({ method, path }) => method !== "get" && ![...open, ...own].includes(`${method} ${path}`),
  );
  expect(changes.length).toBeGreaterThan(10);
  for (const { method, path } of changes) {
    const answer = await server.ask(method, concrete(path), { as: "viewer" });
    expect.soft(answer.problem(), `${method} ${path}`).toMatchObject({ type: "error:auth/forbidden", status: 403 });
  }
});

test("a preview shows rows, so a viewer may not ask for it", async () => {
  const path = `/api/connections/${randomUUID()}/preview?schema=public&name=orders`;
  expect((await server.ask("get", path, { as: "viewer" })).status).toBe(403);
});

test.each(["", "x", "a".repeat(5000), "%00", `${sessionCookie}=`])(
  "a made-up session is no session: %j",
  async (token) => {
    const answer = await server.ask("get", "/api/session", { cookie: `${sessionCookie}=${token}` });
    expect(answer.problem().type).toBe("error:auth/signed-out");
  },
);

test("a session of somebody who was removed is no session", async () => {
  const { rows } = await server.store.db.query(
    `insert into users (name, email, role, time_zone, password_hash) values ('X', 'x@x.example', 'admin', 'UTC', 'none') returning id`,
  );
  const cookie = `${sessionCookie}=${await createSession(server.store.db, rows[0].id)}`;
  expect((await server.ask("get", "/api/session", { cookie })).status).toBe(200);
  await server.store.db.query("delete from users where id = $1", [rows[0].id]);
  expect((await server.ask("get", "/api/session", { cookie })).status).toBe(401);
});

test("the server refuses to start when a request of the contract has no handler [R2]", () => {
  const forgotten = { ...endpoints.getHealth, path: "/forgotten" };
  Object.assign(endpoints, { forgotten });
  try {
    expect(allRoutes).toThrow("No handler for forgotten.");
  } finally {
    Reflect.deleteProperty(endpoints, "forgotten");
  }
});
