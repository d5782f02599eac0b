import type { Connection, DryRun } from "@headgate/contract";
import { startEventReceiver, type EventReceiver } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { openWizard, type Wizard } from "../testing/wizard.ts";

const canary = "canary-hunter2";
let server: TestServer;
let wizard: Wizard;
let receiver: EventReceiver;
let events: Connection;
beforeAll(async () => {
  server = await startTestServer({ settings: { rateLimits: "off" } });
  [wizard, receiver] = await Promise.all([openWizard(server), startEventReceiver({ writeKey: canary })]);
  events = (await save(eventsBody("Events"))).json<Connection>();
});
afterAll(async () => {
  await receiver.close();
  await wizard.close();
  await server.stop();
});

const save = (body: object) => server.ask("post", "/api/connections", { body });
const eventsBody = (name: string, change: object = {}) => ({
  kind: "events",
  name,
  settings: { dialect: "rudderstack", dataPlaneUrl: receiver.origin, ...change },
  secrets: { writeKey: canary },
});

const answers = (mapping: object = {}) => ({
  destination: { choice: "saved", kind: "events", connectionId: events.id, readMode: "incremental", syncKey: ["id"] },
  mapping: {
    fields: [],
    events: { type: "identify", userId: "id", traits: [{ source: "title", key: "title" }], constants: [], ...mapping },
  },
});

test("a receiver is saved with its key, tested, and tells it to nobody", async () => {
  const stored = await server.ask("get", `/api/connections/${events.id}`);
  expect(stored.json()).toMatchObject({ kind: "events", secrets: { writeKey: { set: true } } });
  const check = await server.ask("post", `/api/connections/${events.id}/check`, { body: {} });
  expect(check.text).toContain('"status":"succeeded"');
  const listed = await server.ask("get", "/api/connections");
  for (const { text } of [stored, check, listed]) expect(text).not.toContain(canary);
  expect(JSON.stringify(server.logs)).not.toContain(canary);
});

test("a key is asked for again when it would be sent elsewhere, also for its rotation's sake [R24]", async () => {
  const { name, settings, revision } = events;
  const change = (changed: object, secrets: object = {}) =>
    server.ask("put", `/api/connections/${events.id}`, {
      body: { kind: "events", name, settings: { ...settings, ...changed }, secrets, revision },
    });
  const moved = (await change({ dataPlaneUrl: "https://elsewhere.example" })).problem();
  expect(moved).toMatchObject({ type: "error:connection/secret-required", status: 422 });
  expect(moved.fields).toHaveProperty(["secrets.writeKey"]);
  const kept = await change({ lanes: 2 });
  expect(kept.json()).toMatchObject({ settings: { lanes: 2 }, secrets: { writeKey: { set: true } } });
  events = kept.json<Connection>();
  const rotated = await server.ask("post", `/api/connections/${events.id}/rotate`, {
    body: { revision: events.revision, secrets: { writeKey: "wrong" } },
  });
  expect(rotated.text).toContain("receiver_refused_login");
  expect(rotated.text).not.toContain('"saved"');
});

test.each([
  ["a private address [B204] [R44]", eventsBodyAt("http://10.1.2.3"), "settings.dataPlaneUrl"],
  ["the metadata of a cloud [R42]", eventsBodyAt("http://169.254.169.254"), "settings.dataPlaneUrl"],
  [
    "a folder that nobody set aside",
    () => ({ kind: "files", name: "F", settings: { place: "folder", folder: "a", format: "csv" }, secrets: {} }),
    "settings.folder",
  ],
  ["another kind's secret", () => ({ ...eventsBody("X"), secrets: { signingKey: canary } }), ""],
  ["an unknown kind", () => ({ ...eventsBody("X"), kind: "ftp" }), "kind"],
] as const)("%s is refused and not saved", async (_what, body, field) => {
  const answer = await save(body());
  expect(answer.status).toBe(422);
  expect(Object.keys(answer.problem().fields ?? {}).join()).toContain(field);
  expect(answer.text).not.toContain(canary);
});

function eventsBodyAt(dataPlaneUrl: string) {
  return () => eventsBody("Y", { dataPlaneUrl });
}

test("what only a database can do is refused, and rows are not read from a receiver", async () => {
  const catalog = await server.ask("get", `/api/connections/${events.id}/catalog`);
  expect(catalog.problem()).toMatchObject({ type: "error:connection/not-a-database", status: 409 });
  const { id } = await wizard.begin();
  const answer = await wizard.finish(id, "credentials", { choice: "saved", connectionId: events.id });
  expect(answer.problem().fields).toMatchObject({ connectionId: expect.stringContaining("PostgreSQL") as string });
});

test("a dry run counts and shows the first events as they would travel, and sends none; then the flow is published", async () => {
  const { id } = await wizard.begin();
  await wizard.finishAll(id, answers());
  const run = await server.ask("post", `/api/drafts/${id}/dry-run`, { body: {} });
  const found = run.json<Extract<DryRun, { status: "succeeded" }>>();
  expect(found).toMatchObject({ status: "succeeded", read: 20, created: 20, unfit: [] });
  expect(found.samples).toHaveLength(20);
  const first = JSON.parse(found.samples?.[0] ?? "") as object;
  expect(first).toMatchObject({ type: "identify", userId: "1", context: { traits: { title: "Order 1" } } });
  expect(run.text).not.toContain(canary);
  expect(receiver.events.size).toBe(0);

  const published = await wizard.publish(id);
  expect(published.status).toBe(200);
  const flow = await server.ask("get", `/api/flows/${id}`);
  expect(flow.json()).toMatchObject({ definition: { writeMode: "append", destination: { kind: "events" } } });
});

test("columns that are gone are named where they were chosen", async () => {
  const { id } = await wizard.begin();
  await wizard.finishAll(id, answers({ userId: "gone" }));
  const { fields } = (await wizard.publish(id)).problem();
  expect(fields).toHaveProperty(["mapping.events.userId"]);
});
