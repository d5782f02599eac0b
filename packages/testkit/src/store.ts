import { randomBytes } from "node:crypto";
import { createMasterKey, migrate, openStore, readMasterKey, type Store } from "@headgate/store";
import { createDatabase, type TestDatabase } from "./database.ts";

export type TestStore = Store & { readonly database: TestDatabase; readonly masterKey: Buffer };

/** A migrated store in a database of its own, about half a second. Close it in `afterAll`. */
export async function createStore(): Promise<TestStore> {
  const database = await createDatabase({ name: `store_${randomBytes(6).toString("hex")}` });
  await migrate(database.url);
  const masterKey = await readMasterKey({ masterKey: createMasterKey() });
  const store = await openStore({ databaseUrl: database.url, masterKey });
  return { ...store, database, masterKey };
}
