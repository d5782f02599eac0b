import { endpoints, type AnyEndpoint } from "@headgate/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { startTestServer, type Ask, type TestServer } from "./testing/test-server.ts";

/**
 * Bad input to every endpoint, made from the endpoint table, so that a new endpoint is covered the day it is added:
 * each gets 4xx problem details naming what is wrong, nothing is saved, and the process goes on.
 */
let server: TestServer;
let before: string;
beforeAll(async () => {
  server = await startTestServer({ rateLimits: {} });
  before = await everything();
});
afterAll(() => server.stop());

/** All rows of all tables that requests may write; failed sign-ins are counted on purpose. */
async function everything(): Promise<string> {
  const tables = ["users", "connections", "secrets", "drafts", "flows", "runs", "setup_links"];
  const parts = tables.map((table) => `select '${table}' as t, to_jsonb(x) as row from ${table} x`);
  return JSON.stringify(
    (await server.store.db.query(`select * from (${parts.join(" union all ")}) x order by t, row::text`)).rows,
  );
}

const all = Object.entries<AnyEndpoint>(endpoints);
const withBody = all.filter(([, { method }]) => method !== "get");
const withParams = all.filter(([, { path }]) => path.includes(":"));
const fieldsOf = (schema: z.ZodType) => Object.keys(schema instanceof z.ZodObject ? schema.shape : {});

function pathOf(endpoint: AnyEndpoint, id: string = crypto.randomUUID()): string {
  const query = endpoint.method === "get" ? sampleQuery(endpoint) : "";
  return endpoint.path.replace(/:[A-Za-z]+/g, id) + query;
}

function sampleQuery(endpoint: AnyEndpoint): string {
  const names = fieldsOf(endpoint.query).filter((name) => name !== "limit");
  return names.length === 0 ? "" : `?${names.map((name) => `${name}=orders`).join("&")}`;
}

async function refused(endpoint: AnyEndpoint, ask: Ask, path = pathOf(endpoint)) {
  const answer = await server.ask(endpoint.method, path, { as: "admin", ...ask });
  const problem = answer.problem();
  expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
  expect(answer.status, answer.text).toBeLessThan(500);
  expect(problem.requestId).toBe(answer.headers.get("x-request-id"));
  expect(answer.text).not.toMatch(/ at .*\(.*:\d+:\d+\)|node_modules|zod|syntax error/i);
  return problem;
}

afterAll(async () => {
  expect(await everything()).toBe(before);
  expect((await server.ask("get", "/healthz")).json()).toMatchObject({ status: "alive" });
  expect(server.logs.filter((line) => line.includes("fault of ours"))).toEqual([]);
});

describe.each(withBody)("%s refuses", (_name, endpoint) => {
  test.each([
    ["null [B166]", "null"],
    ["a list [B166]", "[]"],
    ["a list of lists [B166]", "[[{}]]"],
    ["a number [B166]", "12"],
    ["a text [B166]", `"x"`],
    ["an unknown field [B167]", `{"isAdmin":true}`],
    ["the field constructor", `{"constructor":{"prototype":{"polluted":1}}}`],
    ["the field __proto__", `{"__proto__":{"polluted":1}}`],
    ["a field given twice [B165]", `{"x":1,"x":2}`],
    ["NUL in a text", `{"name":"a\\u0000b"}`],
    ["half a character", `{"name":"\\ud800"}`],
    ["an infinite number [B169]", `{"revision":1e400}`],
    ["what is not JSON", `{name:1}`],
    ["33 levels", "[".repeat(33) + "]".repeat(33)],
    ["more than 1 MB", `{"name":"${"x".repeat(1_100_000)}"}`],
  ])("%s", async (what, raw) => {
    const problem = await refused(endpoint, { raw });
    if (/list|number|null|text \[/.test(what) && !what.includes("1e400")) expect(problem.fields).toBeDefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test.each([
    ["text/plain [B171]", { "content-type": "text/plain" }],
    ["a form", { "content-type": "multipart/form-data; boundary=x" }],
    ["no header of ours [B174]", { "x-headgate": undefined }],
    ["no cookie [B174]", { cookie: "" }],
  ])("%s", async (_what, headers) => {
    if (endpoint.access === "public" && "cookie" in headers) return;
    await refused(endpoint, { raw: "{}", headers });
  });
});

const wrong: readonly unknown[] = [null, 5, true, "", "x", [], {}, ["x"], { x: 1 }, -1, 1.5, "\0", "x".repeat(3000)];

const bodies = withBody
  .map(([name, endpoint]) => [name, endpoint, fieldsOf(endpoint.body)] as const)
  .filter(([, , fields]) => fields.length > 0);

test.each(bodies)("%s refuses every wrong type of every field, by its name [B168]", async (_name, endpoint, fields) => {
  for (const field of fields) {
    for (const value of wrong) {
      // Only this field is there, so even a value that happens to be right is not enough.
      const { fields: guilty = {}, type } = await refused(endpoint, { body: { [field]: value } });
      // An endpoint of one field may get as far as finding that there is no such draft.
      if (type !== "error:request/invalid") continue;
      expect(Object.keys(guilty).length, JSON.stringify({ field, value })).toBeGreaterThan(0);
    }
    const { fields: guilty = {} } = await refused(endpoint, { body: { [field]: { unexpected: [1] } } });
    expect(
      Object.keys(guilty).some((path) => path.split(".")[0] === field),
      field,
    ).toBe(true);
  }
});

test.each(withParams)("%s refuses ids that were never given out", async (_name, endpoint) => {
  for (const id of [
    "1",
    "x",
    "%00",
    "__proto__",
    "constructor",
    "..%2f..",
    "a".repeat(300),
    "%F0%9F%98%80",
    "'or'1",
    "-1",
  ]) {
    const problem = await refused(endpoint, { ...(endpoint.method !== "get" && { raw: "{}" }) }, pathOf(endpoint, id));
    expect(problem.fields, id).toBeDefined();
  }
  await refused(endpoint, { ...(endpoint.method !== "get" && { raw: "{}" }) }, pathOf(endpoint, "%zz"));
});

test.each(all.filter(([, { method }]) => method === "get"))(
  "%s refuses unknown questions in its address",
  async (_name, endpoint) => {
    for (const query of ["isAdmin=1", "__proto__=1", "a=1&a=2", "x[]=1"]) {
      const path = pathOf(endpoint);
      const problem = await refused(endpoint, {}, `${path}${path.includes("?") ? "&" : "?"}${query}`);
      expect(Object.keys(problem.fields ?? {}).length, query).toBeGreaterThan(0);
    }
  },
);
