import { endpoints, stepIds, typedStepSchemas, type AnyEndpoint } from "@headgate/contract";
import { deleteDraft, findDraft, insertDraft } from "@headgate/store";
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
  server = await startTestServer({ settings: { rateLimits: "off" } });
  before = await everything();
});
afterAll(() => server.stop());

/** All rows of all tables that requests may write; failed sign-ins are counted on purpose. */
async function everything(): Promise<string> {
  const tables = ["users", "connections", "secrets", "drafts", "flows", "runs", "setup_links"];
  const parts = tables.map((table) => `select '${table}' as t, to_jsonb(x) as row from ${table} x`);
  const sql = `select * from (${parts.join(" union all ")}) x order by t, row::text`;
  return JSON.stringify((await server.store.db.query(sql)).rows);
}

const all = Object.entries<AnyEndpoint>(endpoints);
const withBody = all.filter(([, { method }]) => method !== "get");
const withParams = all.filter(([, { path }]) => path.includes(":"));
const fieldsOf = (schema: z.ZodType) => Object.keys(schema instanceof z.ZodObject ? schema.shape : {});

function pathOf(endpoint: AnyEndpoint, id: string = crypto.randomUUID()): string {
  const asked = fieldsOf(endpoint.query).filter((name) => name !== "limit");
  const query = asked.map((name) => `${name}=orders`).join("&");
  return endpoint.path.replace(/:[A-Za-z]+/g, id) + (query === "" ? "" : `?${query}`);
}

type Refused = { readonly clean: boolean; readonly type: string; readonly fields: readonly string[] };

/** Asks, and says whether it was refused cleanly: 4xx, problem details, the request's id, nothing of our insides. */
async function refusal(endpoint: AnyEndpoint, ask: Ask, path = pathOf(endpoint)): Promise<Refused> {
  const body = endpoint.method === "get" || "body" in ask || "raw" in ask ? {} : { raw: "{}" };
  const answer = await server.ask(endpoint.method, path, { as: "admin", ...body, ...ask });
  const { type, requestId, fields = {} } = answer.problem();
  const leaks = / at .*\(.*:\d+:\d+\)|node_modules|zod|syntax error/i.test(answer.text);
  const clean = answer.status >= 400 && answer.status < 500 && !leaks;
  return { clean: clean && requestId === answer.headers.get("x-request-id"), type, fields: Object.keys(fields) };
}

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
  ])("%s, naming the field", async (_what, raw) => {
    const { clean, type, fields } = await refusal(endpoint, { raw });
    expect({ clean, type }).toEqual({ clean: true, type: "error:request/invalid" });
    expect(fields).not.toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test.each([
    ["what is not JSON", { raw: `{name:1}` }, "error:request/malformed"],
    ["33 levels [R17]", { raw: "[".repeat(33) + "]".repeat(33) }, "error:request/malformed"],
    ["more than 1 MB [R17]", { raw: `{"name":"${"x".repeat(1_100_000)}"}` }, "error:request/too-large"],
    ["text/plain [B171]", { headers: { "content-type": "text/plain" } }, "error:request/unsupported-type"],
    ["a form", { headers: { "content-type": "multipart/form-data; boundary=x" } }, "error:request/unsupported-type"],
    ["no header of ours [B174]", { headers: { "x-headgate": undefined } }, "error:request/cross-site"],
  ])("%s", async (_what, ask: Ask, type) => {
    expect(await refusal(endpoint, ask)).toMatchObject({ clean: true, type });
  });
});

const wrong: readonly unknown[] = [null, 5, true, "", "x", [], {}, ["x"], { x: 1 }, -1, 1.5, "\0", "x".repeat(3000)];

const bodies = withBody
  .map(([name, endpoint]) => [name, endpoint, fieldsOf(endpoint.body)] as const)
  .filter(([, , fields]) => fields.length > 0);

test.each(bodies)("%s refuses every wrong type of every field, by its name [B168]", async (_name, endpoint, fields) => {
  for (const field of fields) {
    // Only this field is there, so even a value that happens to be right is not enough.
    for (const value of wrong)
      expect(await refusal(endpoint, { body: { [field]: value } })).toMatchObject({ clean: true });
    const { fields: guilty } = await refusal(endpoint, { body: { [field]: { unexpected: [1] } } });
    expect(guilty.map((path) => path.split(".")[0])).toContain(field);
  }
});

/** The fields of one wizard step, wherever the step's schema keeps them. */
const steps = stepIds.map((step) => [step, fieldsOf(typedStepSchemas[step])] as const);

test.each(steps)(
  "the step %s refuses what is no answer, by its name, and keeps nothing [B168]",
  async (step, fields) => {
    const draft = await insertDraft(server.store.db, { practice: false });
    const path = pathOf(endpoints.saveStep, draft.id);
    for (const field of fields) {
      for (const value of [{ unexpected: [1] }, [[{ a: 1 }]], "\0", null]) {
        const body = { step, revision: 1, finished: true, values: { [field]: value } };
        const { clean, type, fields: guilty } = await refusal(endpoints.saveStep, { body }, path);
        expect({ field, value, clean, type }).toEqual({ field, value, clean: true, type: "error:request/invalid" });
        expect(guilty.some((name) => name.startsWith(`values.${field}`))).toBe(true);
      }
    }
    expect(await findDraft(server.store.db, draft.id)).toEqual(draft);
    await deleteDraft(server.store.db, draft.id);
  },
);

const neverIds = [
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
];

test.each(withParams)("%s refuses ids that were never given out", async (_name, endpoint) => {
  const [param = ""] = /(?<=:)[A-Za-z]+/.exec(endpoint.path) ?? [];
  for (const id of neverIds) {
    const { clean, fields } = await refusal(endpoint, {}, pathOf(endpoint, id));
    expect({ id, clean, fields }).toEqual({ id, clean: true, fields: expect.arrayContaining([param]) as unknown });
  }
  expect(await refusal(endpoint, {}, pathOf(endpoint, "%zz"))).toMatchObject({ type: "error:request/malformed" });
});

const reads = all.filter(([, { method }]) => method === "get");

test.each(reads)("%s refuses unknown questions in its address [B173]", async (_name, endpoint) => {
  for (const query of ["isAdmin=1", "__proto__=1", "a=1&a=2", "x[]=1"]) {
    const path = pathOf(endpoint);
    const { clean, type, fields } = await refusal(endpoint, {}, `${path}${path.includes("?") ? "&" : "?"}${query}`);
    expect({ query, clean, type }).toEqual({ query, clean: true, type: "error:request/invalid" });
    expect(fields).not.toEqual([]);
  }
});

test("after all of it nothing was saved, nothing went wrong inside, and the process is alive", async () => {
  expect(await everything()).toBe(before);
  expect((await server.ask("get", "/healthz")).json()).toMatchObject({ status: "alive" });
  expect(server.logs.filter((line) => line.includes("fault of ours"))).toEqual([]);
});
