import { beat } from "@headgate/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test("alive is said without looking at anything", async () => {
  expect((await server.ask("get", "/healthz", { as: "nobody" })).json()).toEqual({ status: "alive", version: "9.9.9" });
});

test("ready is said once a worker has been heard of, and not without the store", async () => {
  const without = await server.ask("get", "/readyz", { as: "nobody" });
  expect(without.status).toBe(503);
  expect(without.json()).toMatchObject({
    ready: false,
    store: { ready: true },
    migrations: { ready: true },
    worker: { ready: false },
  });
  await beat(server.store.db, { id: "w", version: "1" });
  expect((await server.ask("get", "/readyz", { as: "nobody" })).status).toBe(200);
  await server.store.db.query("update workers set seen_at = now() - interval '1 minute'");
  expect((await server.ask("get", "/readyz", { as: "nobody" })).status).toBe(503);
  await server.store.db.query("delete from migrations where name = '0005_workers'");
  expect((await server.ask("get", "/readyz", { as: "nobody" })).json()).toMatchObject({ migrations: { ready: false } });
});

test("pages learn what this installation can do; loopback databases only while nobody else can reach us", async () => {
  expect((await server.ask("get", "/api/system")).json()).toEqual({
    version: "9.9.9",
    practice: false,
    loopbackAllowed: true,
  });
  const wide = await startTestServer({ host: "0.0.0.0" });
  const { port } = new URL(wide.url);
  const settings = { host: "127.0.0.1", port: Number(port), database: "x", user: "x", tlsMode: "disable" };
  const local = { headers: { host: `127.0.0.1:${port}` } };
  expect((await wide.ask("get", "/api/system", local)).json()).toMatchObject({ loopbackAllowed: false });
  const body = { name: "Loopback", settings: { ...settings, port: 5999 }, secrets: {} };
  const refused = await wide.ask("post", "/api/connections", { body });
  expect(refused.problem().fields).toMatchObject({ "settings.host": expect.stringContaining("HEADGATE_EGRESS_ALLOW") });
  await wide.stop();
});

test("a store that goes away gets 503 and comes back, in the same process [R16]", async () => {
  const other = await startTestServer();
  const { database } = other.store.database;
  const stop = `alter database "${database}" allow_connections false`;
  await server.store.database.query(stop);
  await server.store.database.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [
    database,
  ]);
  const away = await other.ask("get", "/api/flows");
  expect(away.problem()).toMatchObject({ type: "error:server/store-unavailable", status: 503 });
  expect((await other.ask("get", "/readyz")).json()).toMatchObject({ ready: false, store: { ready: false } });
  expect((await other.ask("get", "/healthz")).status).toBe(200);
  await server.store.database.query(stop.replace("false", "true"));
  expect((await other.ask("get", "/api/flows")).status).toBe(200);
  await other.stop();
});

test("a fault of ours tells the outside its request id and nothing else; the log knows the rest [R16][R30]", async () => {
  const other = await startTestServer();
  await other.store.db.query("alter table flows rename to canary_flows");
  const answer = await other.ask("get", "/api/flows");
  const problem = answer.problem();
  expect(problem).toMatchObject({ type: "error:server/bug", status: 500 });
  expect(Object.keys(problem).toSorted()).toEqual(["requestId", "status", "title", "type"]);
  const line = other.logs.find((one) => one.includes("fault of ours")) ?? "";
  expect(JSON.parse(line)).toMatchObject({
    request: { id: problem.requestId, method: "GET", path: "/api/flows" },
    err: { code: "42P01", severity: "ERROR", stack: expect.any(String) },
  });
  expect(line).not.toContain("does not exist");
  expect((await other.ask("get", "/healthz")).status).toBe(200);
  await other.stop();
});
