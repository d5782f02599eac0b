import { randomUUID } from "node:crypto";
import { listen } from "@headgate/testkit";
import { afterEach, expect, test, vi } from "vitest";
import { startTestServer, type Ask, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
afterEach(() => server.stop());

/** Asks so often, one after the other; the status of each answer. */
async function statuses(times: number, method: string, path: string, ask: Ask): Promise<number[]> {
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) all.push((await server.ask(method, path, ask)).status);
  return all;
}

function signInAs(email: string) {
  return server.ask("post", "/api/session", { as: "nobody", body: { email, password: "wrong wrong wrong" } });
}

test("one address may try to sign in ten times a minute, whatever accounts it names [R18]", async () => {
  server = await startTestServer();
  const answers = await Promise.all(Array.from({ length: 15 }, (_, n) => signInAs(`nobody${n}@example.com`)));
  const stopped = answers.filter(({ status }) => status === 429);
  expect(stopped).toHaveLength(5);
  for (const answer of stopped) {
    const { type, retryAfterSeconds } = answer.problem();
    expect(type).toBe("error:request/too-many");
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
    expect(answer.headers.get("retry-after")).toBe(String(retryAfterSeconds));
  }
  // Reading one's session and leaving it share the path, not the limit.
  expect(new Set(await statuses(100, "get", "/api/session", {}))).toEqual(new Set([200]));
  expect((await server.ask("delete", "/api/session", { body: {} })).status).toBe(200);
});

test("requests of another site are refused before they are counted [R18]", async () => {
  server = await startTestServer();
  const ask: Ask = { as: "nobody", body: {}, headers: { origin: "https://evil.example" } };
  expect(new Set(await statuses(20, "post", "/api/session", ask))).toEqual(new Set([403]));
  expect((await signInAs("nobody@example.com")).status).toBe(401);
});

test.each([
  { what: "test ten connections", times: 10, method: "post", path: "check" },
  { what: "look at thirty previews", times: 30, method: "get", path: "preview?schema=public&name=orders" },
])("one person may $what a minute, and nobody else waits for that [R18]", async ({ times, method, path }) => {
  server = await startTestServer();
  const where = `/api/connections/${randomUUID()}/${path}`;
  const ask: Ask = method === "post" ? { body: {} } : {};
  expect(await statuses(times, method, where, ask)).toEqual(Array.from({ length: times }, () => 404));
  const stopped = await server.ask(method, where, ask);
  expect(stopped.problem()).toMatchObject({ type: "error:request/too-many", status: 429 });
  expect(stopped.headers.get("retry-after")).toBe(String(stopped.problem().retryAfterSeconds));
  expect((await server.ask(method, where, { ...ask, as: "admin" })).status).toBe(404);
});

test("one person may test three connections at a time; stopping one makes room [R18]", async () => {
  server = await startTestServer();
  const silent = await listen(() => {});
  const settings = { host: silent.host, port: silent.port, database: "d", user: "u", tlsMode: "prefer" };
  const body = { name: "Silent", settings, secrets: { password: "never asked for" } };
  const { id } = (await server.ask("post", "/api/connections", { body })).json<{ id: string }>();
  const check = `/api/connections/${id}/check`;

  const pages = Array.from({ length: 3 }, () => new AbortController());
  const colleague = new AbortController();
  const room = new AbortController();
  const start = (page: AbortController, ask: Ask = {}) => {
    // The answer is of no interest, and stopping makes it fail.
    server.open("post", check, { body: {}, ...ask, signal: page.signal }).catch(() => {});
  };
  for (const page of pages) start(page);
  await vi.waitFor(() => expect(silent.sockets.size).toBe(3), { timeout: 60_000 });

  const fourth = await server.ask("post", check, { body: {} });
  expect(fourth.problem()).toMatchObject({ type: "error:request/too-many-at-once", status: 429 });
  expect(fourth.headers.get("retry-after")).toBe(String(fourth.problem().retryAfterSeconds));
  start(colleague, { as: "admin" });
  await vi.waitFor(() => expect(silent.sockets.size).toBe(4), { timeout: 60_000 });

  pages[0]?.abort();
  await vi.waitFor(
    async () => {
      const answer = await server.open("post", check, { body: {}, signal: room.signal });
      if (answer.status !== 200) throw new Error(await answer.text());
    },
    { timeout: 60_000 },
  );
  for (const page of [...pages, colleague, room]) page.abort();
  await silent.close();
});

test("where something in front counts already, nothing is counted here", async () => {
  server = await startTestServer({ settings: { rateLimits: "off" } });
  const path = `/api/connections/${randomUUID()}/check`;
  expect(new Set(await statuses(15, "post", path, { body: {} }))).toEqual(new Set([404]));
});
