import { createStore, type TestStore } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertConnection, readTarget, updateConnection } from "../connections.ts";
import { openStore } from "../store.ts";
import { readTunnelTarget } from "../tunnel-target.ts";
import { insertTunnel } from "../tunnels.ts";
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

async function saveTunnel(name: string, password: string): Promise<string> {
  const where = { name, host: "hop.example.com", port: 22, user: "tunnel", method: "password" } as const;
  const saved = await insertTunnel(store, { ...where, secrets: { password } });
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

test("every secret of a connection comes back in its own field, and goes when its text is emptied [R20]", async () => {
  const secrets = {
    password: "one-secret",
    clientKey: "two-secret",
    clientKeyPassphrase: "three-secret",
    entraSecret: "four-secret",
    entraCertificate: "five-secret",
    entraCertificatePassword: "six-secret",
  };
  const saved = await insertConnection(store, { name: "Many", settings, secrets });
  if ("refused" in saved) throw new Error(saved.refused);
  expect(await readTarget(store, saved.id)).toEqual({ ...settings, ...secrets });
  const change = { name: "Many", settings, secrets: { clientKey: "" }, revision: 1 };
  const changed = await updateConnection(store, saved.id, change);
  expect(changed).toMatchObject({ revision: 2, secrets: { clientKey: { set: false }, entraSecret: { set: true } } });
  expect(await readTarget(store, saved.id)).not.toHaveProperty("clientKey");
});

test("a secret moved to another field of the same connection does not open [R20]", async () => {
  const saved = await insertConnection(store, {
    name: "Moved",
    settings,
    secrets: { password: "one-secret", entraSecret: "two-secret" },
  });
  if ("refused" in saved) throw new Error(saved.refused);
  await store.db.query("delete from secrets where connection_id = $1 and field = 'password'", [saved.id]);
  await store.db.query("update secrets set field = 'password' where connection_id = $1", [saved.id]);
  await expect(readTarget(store, saved.id)).rejects.toThrow(SecretUnreadableError);
});

test("a connection's target carries what its tunnel needs, and only the secrets of its method", async () => {
  const tunnel = await saveTunnel("Hop", "hop-secret");
  const saved = await insertConnection(store, {
    name: "Through",
    settings: { ...settings, tunnelId: tunnel },
    secrets: { password: "db-secret" },
  });
  if ("refused" in saved) throw new Error(saved.refused);
  expect(await readTarget(store, saved.id)).toEqual({
    ...settings,
    password: "db-secret",
    tunnel: {
      id: tunnel,
      host: "hop.example.com",
      port: 22,
      user: "tunnel",
      method: "password",
      password: "hop-secret",
      hostKeyFingerprint: null,
    },
  });
});

test("a tunnel's secret opens neither for another tunnel nor for a connection [R20] [V35]", async () => {
  const [one, other] = [await saveTunnel("Hop one", "first-secret"), await saveTunnel("Hop other", "second-secret")];
  const connection = await save("Beside", "third-secret");
  const { rows } = await store.db.query("select wrapped_key, ciphertext from secrets where tunnel_id = $1", [one]);
  const stolen = [rows[0].wrapped_key, rows[0].ciphertext];
  await store.db.query("update secrets set wrapped_key = $2, ciphertext = $3 where tunnel_id = $1", [other, ...stolen]);
  await store.db.query("update secrets set wrapped_key = $2, ciphertext = $3 where connection_id = $1", [
    connection,
    ...stolen,
  ]);
  await expect(readTunnelTarget(store, other)).rejects.toThrow(SecretUnreadableError);
  await expect(readTarget(store, connection)).rejects.toThrow(SecretUnreadableError);
  expect(await readTunnelTarget(store, one)).toMatchObject({ password: "first-secret" });
});

test("the store does not open with a key that cannot read what is stored [R21]", async () => {
  const masterKey = await readMasterKey({ masterKey: createMasterKey() });
  const opening = openStore({ databaseUrl: store.database.url, masterKey });
  await expect(opening).rejects.toThrow(/master key .* but the one given is/);
});
