import type { Draft, Flow } from "@headgate/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { openWizard, type Wizard } from "../testing/wizard.ts";

let server: TestServer;
let wizard: Wizard;
beforeAll(async () => {
  server = await startTestServer();
  wizard = await openWizard(server);
});
afterAll(async () => {
  await server.stop();
  await wizard.close();
});

const here = { kind: "postgres", choice: "saved", connectionId: "7f1dfa36-6d31-4f0c-8d6f-3a0f5e0c1b2d" };
const elsewhere = { ...here, connectionId: "0c6cfa36-6d31-4f0c-8d6f-3a0f5e0c1b2d" };
const sql = { sqlBefore: "delete from orders" };

function save(draft: Draft, values: object, as: "admin" | "editor" = "editor") {
  const body = { revision: draft.revision, finished: false, step: "destination", values };
  return server.ask("put", `/api/drafts/${draft.id}/step`, { body, as });
}

test("only an admin writes SQL that runs with a flow; an editor keeps it as it is, or leaves it behind", async () => {
  const draft = await wizard.begin();
  const refused = await save(draft, { ...here, ...sql, sqlAfter: "select 1" });
  expect(refused.problem()).toMatchObject({ type: "error:request/invalid", status: 422 });
  expect(refused.problem().fields).toEqual({
    sqlBefore: "Only an admin can write or change SQL that runs with a flow.",
    sqlAfter: "Only an admin can write or change SQL that runs with a flow.",
  });

  const written = (await save(draft, { ...here, ...sql }, "admin")).json<Draft>();
  for (const changed of [{ sqlBefore: "drop table orders" }, {}, { ...sql, sqlAfter: "select 1" }])
    expect((await save(written, { ...here, ...changed })).status).toBe(422);
  const kept = (await save(written, { ...here, ...sql, writeMode: "append" })).json<Draft>();
  expect(kept.steps.destination).toMatchObject({ ...sql, writeMode: "append" });

  // It was written for the other database, whose login it runs as.
  expect((await save(kept, { ...elsewhere, ...sql })).problem().fields).toHaveProperty("sqlBefore");
  const left = (await save(kept, elsewhere)).json<Draft>();
  expect(left.steps.destination).not.toHaveProperty("sqlBefore");
});

test("a published flow carries the SQL, whoever presses Start", async () => {
  const { id } = await wizard.begin();
  const draft = await wizard.finishAll(id);
  const all = { ...sql, sqlAfter: "analyze orders" };
  expect((await save(draft, { ...draft.steps.destination, ...all }, "admin")).status).toBe(200);
  const { flowId } = (await wizard.publish(id)).json<{ flowId: string }>();
  expect((await server.ask("get", `/api/flows/${flowId}`)).json<Flow>().definition).toMatchObject(all);
});
