import { randomUUID } from "node:crypto";
import type { FlowDefinition } from "@headgate/contract";
import { createStore, type TestStore } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertConnection } from "../connections.ts";
import { insertFlow } from "../flows/flows.ts";
import { enqueueRun } from "./enqueue.ts";
import { claimRun } from "./lease.ts";

let store: TestStore;
let definition: FlowDefinition;

beforeAll(async () => {
  store = await createStore();
  const connection = await insertConnection(store, {
    name: "Shop",
    settings: { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "require" },
    secrets: { password: "p" },
  });
  if ("refused" in connection) throw new Error("refused");
  const table = { schema: "public", name: "orders" };
  definition = {
    source: { connectionId: connection.id, table },
    destination: { connectionId: connection.id, table },
    writeMode: "append",
    syncKey: [],
    fields: [{ source: "id", destination: "id" }],
    schedule: { kind: "manual" },
  };
});
afterAll(() => store.close());

test("smoke", async () => {
  const id = randomUUID();
  expect(await insertFlow(store.db, { id, name: "x", definition, practice: false })).toBe(true);
  const run = await enqueueRun(store, id, "manual");
  if (run === "active") throw new Error();
  const claimed = await claimRun(store.db, run.id, { id: "w1" });
  expect(claimed).toMatchObject({ runId: run.id, attempt: 1 });
});
