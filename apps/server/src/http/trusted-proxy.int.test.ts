import { hashPassword, insertUser } from "@headgate/store";
import { afterEach, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

/** The tests themselves play the proxy: they ask from 127.0.0.1. */
let server: TestServer;
afterEach(() => server.stop());

async function behind(...trustProxy: string[]): Promise<void> {
  server = await startTestServer({ settings: { trustProxy } });
}

/** Tries to sign in so often, as a proxy passes it on; the status of each answer. */
async function signIns(times: number, forwardedFor: (time: number) => string, email?: string): Promise<number[]> {
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const body = { email: email ?? `nobody${time}@example.com`, password: "wrong wrong wrong" };
    const headers = { "x-forwarded-for": forwardedFor(time) };
    all.push((await server.ask("post", "/api/session", { as: "nobody", body, headers })).status);
  }
  return all;
}

const tenAndOneTooMany = [...Array.from({ length: 10 }, () => 401), 429];

test.each<{ who: string; trusted: string[] }>([
  { who: "nobody is trusted", trusted: [] },
  { who: "another network is trusted", trusted: ["10.0.0.0/8", "::1"] },
])("a made-up address buys no further tries when $who [R15]", async ({ trusted }) => {
  await behind(...trusted);
  expect(await signIns(11, (time) => `203.0.113.${time}`)).toEqual(tenAndOneTooMany);
});

test("people behind a trusted proxy are told apart by the address it saw, not by what they claim [R15]", async () => {
  await behind("127.0.0.1", "10.0.0.0/8");
  // The last address that is no trusted proxy's counts; what stands before it came with the request.
  expect(await signIns(11, (time) => `203.0.113.${time}, 198.51.100.7, 10.1.2.3`)).toEqual(tenAndOneTooMany);
  expect(await signIns(1, () => "198.51.100.8")).toEqual([401]);
});

test("who guesses from one address behind a trusted proxy does not lock the owner out at another [R7] [R15]", async () => {
  server = await startTestServer({ settings: { trustProxy: ["127.0.0.1"], rateLimits: "off" } });
  const owner = "grace@example.com";
  const passwordHash = await hashPassword("a quiet green river");
  await insertUser(server.store.db, { name: "Grace", email: owner, role: "editor", timeZone: "UTC", passwordHash });
  expect((await signIns(11, () => "198.51.100.7", owner)).at(-1)).toBe(429);
  expect(await signIns(1, () => "198.51.100.8", owner)).toEqual([401]);
});

function create(origin: string, proto: string | undefined) {
  const headers = { origin, "x-forwarded-proto": proto };
  return server.ask("post", "/api/drafts", { body: { practice: false }, headers });
}

test("where a trusted proxy speaks TLS, a page of the plain site is another site [R15]", async () => {
  await behind("127.0.0.0/8");
  const secure = server.url.replace("http:", "https:");
  expect((await create(secure, "https")).status).toBe(200);
  expect((await create(server.url, "https")).problem().type).toBe("error:request/cross-site");
  expect((await create(secure, "http")).problem().type).toBe("error:request/cross-site");
  // A proxy that does not say is no reason to lock people out.
  expect((await create(secure, undefined)).status).toBe(200);
});

test("a scheme that nobody trusted tells is not believed, for better or worse [R15]", async () => {
  await behind();
  const secure = server.url.replace("http:", "https:");
  expect((await create(secure, "http")).status).toBe(200);
  expect((await create(server.url, "https")).status).toBe(200);
});

test.each<{ trusted: string[]; proto: string | undefined; promised: string | null }>([
  { trusted: ["127.0.0.1"], proto: "https", promised: "max-age=31536000" },
  { trusted: ["127.0.0.1"], proto: "http", promised: null },
  { trusted: ["127.0.0.1"], proto: undefined, promised: null },
  { trusted: ["10.0.0.1"], proto: "https", promised: null },
  { trusted: [], proto: "https", promised: null },
])(
  "browsers are bound to TLS only when a trusted proxy speaks it: $trusted, $proto [R14] [R15]",
  async ({ trusted, proto, promised }) => {
    await behind(...trusted);
    const { headers } = await server.ask("get", "/healthz", { headers: { "x-forwarded-proto": proto } });
    expect(headers.get("strict-transport-security")).toBe(promised);
  },
);
