import { randomBytes } from "node:crypto";
import { createMasterKey, migrate, openStore, readMasterKey, type Store } from "@headgate/store";
import { createDatabase, openDatabase, sharedServer, withClient, type TestDatabase } from "./database.ts";

export type TestStore = Store & { readonly database: TestDatabase; readonly masterKey: Buffer };

const template = "store_template";

/** A migrated store in a database of its own: cloned from a template, about 100 ms. Close it in `afterAll`. */
export async function createStore(): Promise<TestStore> {
  await ensureTemplate();
  const database = await createDatabase({ name: `store_${randomBytes(6).toString("hex")}`, template });
  const masterKey = await readMasterKey({ masterKey: createMasterKey() });
  const store = await openStore({ databaseUrl: database.url, masterKey });
  return { ...store, database, masterKey };
}

/** Migrates the template once per run; test files that come at the same time wait for the first. */
async function ensureTemplate(): Promise<void> {
  const server = await sharedServer();
  await withClient(server, "postgres", async (client) => {
    await client.query("select pg_advisory_lock(hashtext($1))", [template]);
    const { rowCount } = await client.query("select from pg_database where datname = $1 and datistemplate", [template]);
    if (rowCount) return;
    await client.query(`drop database if exists ${template}`);
    await client.query(`create database ${template} template template0`);
    await migrate(openDatabase(server, template).url);
    // Marked last: a template cut short is made anew.
    await client.query(`alter database ${template} is_template true`);
  });
}
