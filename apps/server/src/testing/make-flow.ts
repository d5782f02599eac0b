import { randomUUID } from "node:crypto";
import type { FlowDefinition } from "@headgate/contract";
import { insertConnection, insertFlow, type Store } from "@headgate/store";

/** A flow by hand between two places that do not exist. */
export async function makeFlow(store: Store): Promise<string> {
  const id = randomUUID();
  const connection = await insertConnection(store, {
    name: `Shop ${id}`,
    settings: { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "require" },
    secrets: {},
  });
  if ("refused" in connection) throw new Error(connection.refused);
  const place = { connectionId: connection.id, table: { schema: "public", name: "orders" } };
  const definition: FlowDefinition = {
    source: place,
    destination: { kind: "postgres", ...place },
    writeMode: "append",
    readMode: "full",
    badRows: "stop",
    syncKey: [],
    fields: [{ source: "id", destination: "id" }],
    schedule: { kind: "manual" },
  };
  await insertFlow(store.db, { id, name: "Orders", definition, practice: false });
  return id;
}
