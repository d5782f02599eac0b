import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function drafts(): Promise<number> {
  const { rows } = await server.store.db.query("select count(*)::int as n from drafts");
  return rows[0].n as number;
}

function create(headers: Record<string, string | undefined>) {
  return server.ask("post", "/api/drafts", { body: { practice: false }, headers });
}

test("our own page may change things", async () => {
  expect((await create({})).status).toBe(200);
  expect((await create({ origin: undefined, "sec-fetch-site": "same-origin" })).status).toBe(200);
  expect((await create({ "content-type": "application/json; charset=UTF-8" })).status).toBe(200);
});

test.each<[string, Record<string, string | undefined>, number]>([
  [
    "a form of another site",
    { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example" },
    415,
  ],
  ["JSON sent as text/plain, which needs no permission [B171]", { "content-type": "text/plain" }, 415],
  ["JSON in another encoding", { "content-type": "application/json; charset=utf-16" }, 415],
  ["no content type", { "content-type": undefined }, 415],
  ["no header of ours [B174]", { "x-headgate": undefined }, 403],
  ["neither Origin nor Sec-Fetch-Site", { origin: undefined }, 403],
  ["another origin", { origin: "https://evil.example" }, 403],
  ["the origin of another port", { origin: "http://127.0.0.1:1" }, 403],
  ["an opaque origin", { origin: "null" }, 403],
  ["a neighbouring site, as the browser says", { "sec-fetch-site": "same-site" }, 403],
  ["another site, as the browser says", { "sec-fetch-site": "cross-site" }, 403],
  ["a typed address, as the browser says", { "sec-fetch-site": "none" }, 403],
])("%s is refused and changes nothing [R12]", async (_what, headers, status) => {
  const before = await drafts();
  const answer = await create(headers);
  expect(answer.problem().status).toBe(status);
  expect(await drafts()).toBe(before);
});

test("signing in is protected too, so that nobody is signed in to another's account unawares [R12]", async () => {
  const body = { email: "editor@example.com", password: "whatever" };
  const answer = await server.ask("post", "/api/session", {
    as: "nobody",
    body,
    headers: { origin: "https://evil.example" },
  });
  expect(answer.problem().type).toBe("error:request/cross-site");
});

test("other sites get no permission to ask or read, not even for a question in advance [R13]", async () => {
  const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
  for (const [method, path] of [
    ["options", "/api/drafts"],
    ["get", "/api/session"],
    ["get", "/healthz"],
  ] as const) {
    const answer = await server.ask(method, path, { headers });
    const cors = [...answer.headers.keys()].filter((name) => name.startsWith("access-control-"));
    expect(cors).toEqual([]);
  }
});
