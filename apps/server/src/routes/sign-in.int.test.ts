import { createHash } from "node:crypto";
import { createSetupToken, hashPassword, insertUser } from "@headgate/store";
import { afterEach, expect, test } from "vitest";
import { startTestServer, type Ask, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
afterEach(() => server.stop());

const answers = { name: "Ada", email: "Ada@Example.com", password: "a quiet green river", timeZone: "Europe/Paris" };

function cookieOf(headers: Headers): string {
  return (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

test("the set-up link makes one administrator, works once, and then the route is gone [R1]", async () => {
  server = await startTestServer({ people: false });
  expect((await server.ask("get", "/api/setup")).json()).toEqual({ open: true, signedIn: false });
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
  const asked = await server.ask("get", "/api/setup", { cookie: cookieOf(done.headers) });
  expect(asked.json()).toEqual({ open: false, signedIn: true });
  const stored = await server.store.db.query("select * from setup_links");
  expect(stored.rows).toEqual([]);
});

const password = "a quiet green river";

async function person(email: string, role: "editor" | "viewer" = "editor"): Promise<void> {
  const passwordHash = await hashPassword(password);
  await insertUser(server.store.db, { name: "Grace", email, role, timeZone: "UTC", passwordHash });
}

function signIn(email: string, given: string, ask: Ask = {}) {
  return server.ask("post", "/api/session", { as: "nobody", body: { email, password: given }, ...ask });
}

test("the session cookie is bound to this host, invisible to scripts and sent by our own pages only [R10]", async () => {
  server = await startTestServer();
  await person("grace@example.com");
  const { headers, text } = await signIn("grace@example.com", password);
  const [pair = "", ...attributes] = (headers.get("set-cookie") ?? "").split("; ");
  expect(pair).toMatch(/^__Host-headgate=[A-Za-z0-9_-]{43}$/);
  expect(attributes).toEqual(expect.arrayContaining(["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]));
  expect(attributes.join()).not.toMatch(/domain/i);
  expect(text).not.toContain(pair.split("=")[1]);
  const stored = await server.store.db.query("select token_hash from sessions");
  const hash = createHash("sha256")
    .update(pair.split("=")[1] ?? "")
    .digest();
  expect(stored.rows.some((row: { token_hash: Buffer }) => row.token_hash.equals(hash))).toBe(true);
});

test("signing in again changes the session and ends the old one; signing out ends it for good [R11]", async () => {
  server = await startTestServer();
  await person("grace@example.com");
  const old = cookieOf((await signIn("grace@example.com", password)).headers);
  const fresh = cookieOf((await signIn("grace@example.com", password, { cookie: old })).headers);
  expect(fresh).not.toBe(old);
  expect((await server.ask("get", "/api/session", { cookie: old })).status).toBe(401);
  expect((await server.ask("get", "/api/session", { cookie: fresh })).status).toBe(200);

  const out = await server.ask("delete", "/api/session", { cookie: fresh, raw: "{}" });
  expect(out.headers.get("set-cookie")).toMatch(/^__Host-headgate=; .*Expires=Thu, 01 Jan 1970/);
  expect((await server.ask("get", "/api/session", { cookie: fresh })).status).toBe(401);
});

test("a session planted before signing in is not the session afterwards [R11]", async () => {
  server = await startTestServer();
  await person("grace@example.com");
  const planted = `__Host-headgate=${"a".repeat(43)}`;
  const given = cookieOf((await signIn("grace@example.com", password, { cookie: planted })).headers);
  expect(given).not.toBe(planted);
  expect((await server.ask("get", "/api/session", { cookie: planted })).status).toBe(401);
});

test("an unknown person and a wrong password get the same answer, byte by byte but for its id [R6]", async () => {
  server = await startTestServer();
  await person("grace@example.com");
  const known = await signIn("grace@example.com", "wrong wrong wrong");
  const unknown = await signIn("nobody@example.com", "wrong wrong wrong");
  const plain = ({ text }: { text: string }) => text.replace(/"requestId":"[^"]+"/, "");
  expect(known.problem()).toMatchObject({ type: "error:auth/wrong-credentials", status: 401 });
  expect(plain(unknown)).toBe(plain(known));
  expect([...unknown.headers.keys()]).toEqual([...known.headers.keys()]);
});

test("guessing is slowed down and says for how long, and nothing of it reaches the log [R7]", async () => {
  server = await startTestServer({ settings: { rateLimits: "off" } });
  await person("grace@example.com");
  for (let failure = 1; failure <= 11; failure += 1) await signIn("grace@example.com", "canary canary canary");
  const slowed = await signIn("grace@example.com", password);
  expect(slowed.problem()).toMatchObject({ type: "error:auth/too-many-attempts", status: 429 });
  expect(slowed.problem().retryAfterSeconds).toBeGreaterThan(0);
  expect(slowed.headers.get("retry-after")).toBe(String(slowed.problem().retryAfterSeconds));
  expect(server.logs.join()).not.toMatch(/canary|grace@|__Host-headgate=/);
});

test("a common password is refused at set-up by its field, and the link stays good [R4]", async () => {
  server = await startTestServer({ people: false });
  const token = await createSetupToken(server.store.db);
  for (const given of ["password1234", "short", "Ada Ada Ada 1"]) {
    const answer = await server.ask("post", "/api/setup", { body: { ...answers, password: given, token } });
    expect(Object.keys(answer.problem().fields ?? {})).toEqual(["password"]);
  }
  expect((await server.ask("post", "/api/setup", { body: { ...answers, token } })).status).toBe(200);
});

test("a set-up link ends after half an hour, and a new one ends the one before [R1]", async () => {
  server = await startTestServer({ people: false });
  const first = await createSetupToken(server.store.db);
  const second = await createSetupToken(server.store.db);
  const use = (token: string) => server.ask("post", "/api/setup", { body: { ...answers, token } });
  expect((await use(first)).problem().type).toBe("error:setup/wrong-link");
  await server.store.db.query("update setup_links set expires_at = expires_at - interval '30 minutes'");
  expect((await use(second)).problem().type).toBe("error:setup/wrong-link");
  expect((await server.ask("get", "/api/setup")).json()).toMatchObject({ open: true });
});

test("two people with the same link make one account [R1]", async () => {
  server = await startTestServer({ people: false });
  const token = await createSetupToken(server.store.db);
  const both = await Promise.all(
    ["ada@example.com", "eve@example.com"].map((email) =>
      server.ask("post", "/api/setup", { body: { ...answers, email, token } }),
    ),
  );
  expect(both.map(({ status }) => String(status)).toSorted()[0]).toBe("200");
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  const { rows } = await server.store.db.query("select count(*)::int as n from users");
  expect(rows).toEqual([{ n: 1 }]);
});

test("no answer ever holds the set-up link's secret [R1]", async () => {
  server = await startTestServer({ people: false });
  const token = await createSetupToken(server.store.db);
  for (const path of [
    "/",
    "/setup",
    "/api/setup",
    "/healthz",
    "/readyz",
    "/api/openapi.json",
    "/api/reference",
    "/api/session",
  ])
    expect((await server.ask("get", path, { as: "nobody" })).text).not.toContain(token);
  expect(server.logs.join()).not.toContain(token);
});

test("changing the password needs the old one, signs out elsewhere and stays signed in here [R11]", async () => {
  server = await startTestServer();
  await person("grace@example.com");
  const elsewhere = cookieOf((await signIn("grace@example.com", password)).headers);
  const here = cookieOf((await signIn("grace@example.com", password)).headers);
  const change = (currentPassword: string, newPassword: string) =>
    server.ask("put", "/api/session/password", { cookie: here, body: { currentPassword, newPassword } });
  expect((await change("wrong wrong wrong", "another river bend")).problem().fields).toHaveProperty("currentPassword");
  expect((await change(password, "password1234")).problem().fields).toHaveProperty("newPassword");

  const changed = await change(password, "another river bend");
  expect(changed.status).toBe(200);
  for (const cookie of [elsewhere, here])
    expect((await server.ask("get", "/api/session", { cookie })).status).toBe(401);
  expect((await server.ask("get", "/api/session", { cookie: cookieOf(changed.headers) })).status).toBe(200);
});
