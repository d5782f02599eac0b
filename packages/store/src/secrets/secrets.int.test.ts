import { createStore, type TestStore } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertConnection, readTarget, updateConnection } from "../connections.ts";
import { openStore } from "../store.ts";
import { createMasterKey, readMasterKey } from "./master-key.ts";
import { SecretUnreadableError } from "./secret-box.ts";

let store: TestStore;
beforeAll(async () => {
  store = await createStore();
});
afterAll(() => store.close());

const settings = { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "require" } as const;

async function save(name: string, password: string): Promise<string> {
  const saved = await insertConnection(store, { name, settings, secrets: { password } });
  if ("refused" in saved) throw new Error(saved.refused);
  return saved.id;
}

test("the stored bytes do not contain the password, and reading the target gives it back [R20]", async () => {
  const id = await save("One", "canary-hunter2");
  const { rows } = await store.db.query("select * from secrets where connection_id = $1", [id]);
  expect(Buffer.concat([rows[0].ciphertext, rows[0].wrapped_key]).includes("canary")).toBe(false);
  expect(await readTarget(store, id)).toEqual({ ...settings, password: "canary-hunter2" });
});

test("ciphertexts swapped between two rows open nowhere [R20][V35]", async () => {
  const one = await save("Swap one", "first-secret");
  const other = await save("Swap other", "second-secret");
  await store.db.query(
    `update secrets set wrapped_key = o.wrapped_key, ciphertext = o.ciphertext
       from secrets o where secrets.connection_id in ($1, $2) and o.connection_id in ($1, $2)
        and o.connection_id <> secrets.connection_id`,
    [one, other],
  );
  await expect(readTarget(store, one)).rejects.toThrow(SecretUnreadableError);
  await expect(readTarget(store, other)).rejects.toThrow(SecretUnreadableError);
});

test("an old ciphertext put back after a change does not open: the version is authenticated [R20]", async () => {
  const id = await save("Rolled back", "old-secret");
  const { rows } = await store.db.query("select wrapped_key, ciphertext from secrets where connection_id = $1", [id]);
  const changed = await updateConnection(store, id, {
    name: "Rolled back",
    settings,
    secrets: { password: "new-secret" },
    revision: 1,
  });
  expect(changed).toMatchObject({ revision: 2 });
  await store.db.query("update secrets set wrapped_key = $2, ciphertext = $3 where connection_id = $1", [
    id,
    rows[0].wrapped_key,
    rows[0].ciphertext,
  ]);
  await expect(readTarget(store, id)).rejects.toThrow(SecretUnreadableError);
});

test("the store does not open with a key that cannot read what is stored [R21]", async () => {
  const masterKey = await readMasterKey({ masterKey: createMasterKey() });
  const opening = openStore({ databaseUrl: store.database.url, masterKey });
  await expect(opening).rejects.toThrow(/master key .* but the one given is/);
});
