import { createSetupToken } from "@headgate/store";
import { afterEach, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
afterEach(() => server.stop());

const answers = { name: "Ada", email: "Ada@Example.com", password: "a quiet green river", timeZone: "Europe/Paris" };

function cookieOf(headers: Headers): string {
  return (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

test("the set-up link makes one administrator, works once, and then the route is gone [R1]", async () => {
  server = await startTestServer({ people: false });
  expect((await server.ask("get", "/api/setup")).json()).toEqual({ open: true });
  const token = await createSetupToken(server.store.db);
  expect(Buffer.from(token, "base64url").length).toBeGreaterThanOrEqual(16);

  const guess = await server.ask("post", "/api/setup", { body: { ...answers, token: "guess" } });
  expect(guess.problem()).toMatchObject({ type: "error:setup/wrong-link", status: 403 });

  const done = await server.ask("post", "/api/setup", { body: { ...answers, token } });
  expect(done.status).toBe(200);
  expect(done.json()).toMatchObject({ email: "Ada@Example.com", role: "admin" });
  const session = await server.ask("get", "/api/session", { cookie: cookieOf(done.headers) });
  expect(session.json()).toMatchObject({ name: "Ada" });

  const again = await server.ask("post", "/api/setup", { body: { ...answers, token } });
  expect(again.problem()).toMatchObject({ type: "error:setup/closed", status: 404 });
  expect((await server.ask("get", "/api/setup")).json()).toEqual({ open: false });
  const stored = await server.store.db.query("select * from setup_links");
  expect(stored.rows).toEqual([]);
});
