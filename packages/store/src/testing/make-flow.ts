import { randomUUID } from "node:crypto";
import type { FlowDefinition, Schedule } from "@headgate/contract";
import { insertConnection } from "../connections.ts";
import { insertFlow } from "../flows/flows.ts";
import type { Store } from "../store.ts";

/** A connection that leads nowhere. */
export async function makeConnection(store: Store, name = `Shop ${randomUUID()}`): Promise<string> {
  const saved = await insertConnection(store, {
    name,
    settings: { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "require" },
    secrets: { password: "hunter2" },
  });
  if ("refused" in saved) throw new Error(saved.refused);
  return saved.id;
}

/** A flow called Orders; without a schedule it runs by hand only. */
export async function makeFlow(
  store: Store,
  schedule: Schedule = { kind: "manual" },
  now = new Date(),
): Promise<string> {
  const id = randomUUID();
  const connectionId = await makeConnection(store);
  const table = { schema: "public", name: "orders" };
  const definition: FlowDefinition = {
    source: { connectionId, table },
    destination: { kind: "postgres", connectionId, table },
    writeMode: "append",
    readMode: "full",
    badRows: "stop",
    syncKey: [],
    fields: [{ source: "id", destination: "id" }],
    schedule,
  };
  await insertFlow(store.db, { id, name: "Orders", definition, practice: false }, now);
  return id;
}
