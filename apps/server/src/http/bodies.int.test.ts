import { gzipSync } from "node:zlib";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type Ask, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const settings = { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "require" };
const good = { name: "Shop", settings, secrets: {} };

function create(ask: Ask) {
  return server.ask("post", "/api/connections", ask);
}

async function saved(): Promise<number> {
  const { rows } = await server.store.db.query("select count(*)::int as n from connections");
  return rows[0].n as number;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const deep = `{"name":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;

test.each<[string, Ask, number, string]>([
  ["an array 200,000 deep [B163]", { raw: deep }, 400, "error:request/malformed"],
  ["11 MB [B164]", { raw: JSON.stringify({ name: "x".repeat(11 * 1024 * 1024) }) }, 413, "error:request/too-large"],
  ["just over 1 MB", { raw: JSON.stringify({ name: "x".repeat(1024 * 1024) }) }, 413, "error:request/too-large"],
  ["half a document", { raw: `{"name":` }, 400, "error:request/malformed"],
  ["UTF-16 [B170]", { raw: new Uint8Array(Buffer.from(`{"name":"x"}`, "utf16le")) }, 400, "error:request/malformed"],
  [
    "invalid UTF-8 [B170]",
    { raw: new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]) },
    400,
    "error:request/malformed",
  ],
  ["an overlong NUL [B170]", { raw: new Uint8Array([0x22, 0xc0, 0x80, 0x22]) }, 400, "error:request/malformed"],
  [
    "a gzip bomb: 100 MB in 100 KB [B172]",
    { raw: new Uint8Array(gzipSync(Buffer.alloc(100 * 1024 * 1024, " "))), headers: { "content-encoding": "gzip" } },
    413,
    "error:request/too-large",
  ],
  [
    "a packing nobody knows",
    { raw: "{}", headers: { "content-encoding": "zopfli" } },
    415,
    "error:request/unsupported-type",
  ],
  ["gzip that is none", { raw: "{}", headers: { "content-encoding": "gzip" } }, 400, "error:request/malformed"],
])("%s is refused and nothing is saved [R17]", async (_what, ask, status, type) => {
  const answer = await create(ask);
  expect(answer.problem()).toMatchObject({ type, status });
  expect(await saved()).toBe(0);
});

test.each<[string, unknown, string]>([
  ["null [B166]", null, "body"],
  ["a list [B166]", [], "body"],
  ["a number [B166]", 7, "body"],
  ["a text [B166]", "x", "body"],
  ["an unknown field [B167]", { ...good, isAdmin: true }, "isAdmin"],
  ["an unknown field inside [B167]", { ...good, settings: { ...settings, ssl: true } }, "settings.ssl"],
  ["a text for a number list [B168]", { ...good, settings: { ...settings, port: [5432] } }, "settings.port"],
  ["a number for a text [B168]", { ...good, name: 5 }, "name"],
  ["NUL in the host [B16]", { ...good, settings: { ...settings, host: "a\0b" } }, "settings.host"],
  ["NUL in the name", { ...good, name: "a\0" }, "name"],
  ["an unknown TLS mode", { ...good, settings: { ...settings, tlsMode: "bogus" } }, "settings.tlsMode"],
  ["half an emoji", { ...good, name: "\ud83d" }, "name"],
])("%s is refused by its field and nothing is saved", async (_what, body, field) => {
  const answer = await create({ body });
  expect(answer.problem()).toMatchObject({ type: "error:request/invalid", status: 422 });
  expect(Object.keys(answer.problem().fields ?? {})).toEqual([field]);
  expect(await saved()).toBe(0);
});

test("a field given twice is refused: other readers would take the other value [R17][B165]", async () => {
  const raw = JSON.stringify(good).replace(
    `"host":"db.example.com"`,
    `"host":"db.example.com","host":"169.254.169.254"`,
  );
  const answer = await create({ raw });
  expect(answer.problem().fields).toEqual({ "settings.host": expect.stringContaining("twice") });
  expect(await saved()).toBe(0);
});

test.each(["1e400", "-0.5", "9007199254740993", "-1", "true"])(
  "the revision %s is no revision [B169]",
  async (number) => {
    const { id } = (await create({ body: { ...good, name: `Numbers ${number}` } })).json<{ id: string }>();
    const raw = JSON.stringify({ ...good, revision: "#" }).replace(`"#"`, number);
    const answer = await server.ask("put", `/api/connections/${id}`, { raw });
    expect([409, 422]).toContain(answer.problem().status);
    await server.store.db.query("delete from connections");
  },
);

test("every fault of an answer is named at once", async () => {
  const body = { name: "", settings: { ...settings, host: "", port: 0, user: "" }, secrets: {} };
  const fields = Object.keys((await create({ body })).problem().fields ?? {});
  expect(fields.toSorted()).toEqual(["name", "settings.host", "settings.port", "settings.user"]);
});

test("a question asked twice in the address is refused by its field [B173]", async () => {
  const answer = await server.ask("get", `/api/flows/${crypto.randomUUID()}/runs?limit=1&limit=2`);
  expect(answer.problem().fields).toHaveProperty("limit");
});

test.each([
  "?x=1",
  "?__proto__=1",
  "?constructor=1",
  "?limit[a]=1",
  "?limit=%00",
  "?limit=1e3",
  "?limit=101",
  "?limit=",
])("the question %s is refused", async (query) => {
  const answer = await server.ask("get", `/api/flows/${crypto.randomUUID()}/runs${query}`);
  expect(answer.problem().status).toBe(422);
});

test.each([
  "/api/connections/1",
  "/api/connections/../users",
  "/api/connections/%00",
  "/api/connections/%zz",
  "/api/connections/__proto__",
  `/api/connections/${"a".repeat(5000)}`,
  "/api/connections/00000000-0000-0000-0000-00000000000g",
  "/api/connections/'%20or%201=1",
  "/api/nothing",
  "/api",
  "//evil.example/",
])("the address %s gets problem details with a request id, never HTML or a stack [R16]", async (path) => {
  const answer = await server.ask("get", path, { headers: { accept: "application/json" } });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.problem().requestId).toBe(answer.headers.get("x-request-id"));
  expect(answer.text).not.toMatch(/<html|<!doctype|node_modules|at .*:\d+:\d+/i);
});

test("a body that never comes in full holds nothing up", async () => {
  const { port, hostname } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  const head = `POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-headgate: 1\r\norigin: http://x\r\ncontent-length: 100\r\n\r\n{`;
  await new Promise<void>((resolve) => socket.write(head, () => resolve()));
  expect((await server.ask("get", "/healthz")).status).toBe(200);
  socket.destroy();
});

test("bytes that are not HTTP end that line and nothing else", async () => {
  const { port, hostname } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => {});
  socket.resume();
  socket.write(bytes("\u0016\u0003\u0001 GARBAGE\r\n\r\n"));
  await ended;
  expect((await server.ask("get", "/healthz")).status).toBe(200);
});
