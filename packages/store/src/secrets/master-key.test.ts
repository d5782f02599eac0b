import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSecretBox } from "./secret-box.ts";
import { createMasterKey, masterKeyId, readMasterKey } from "./master-key.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "headgate-key-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a new key is 32 random bytes that can be read back", async () => {
  const text = createMasterKey();
  expect(text).not.toBe(createMasterKey());
  expect(await readMasterKey({ masterKey: text })).toHaveLength(32);
  expect(await readMasterKey({ masterKey: ` ${text}\n` })).toHaveLength(32);
});

test("no key is an error with instructions, never a key made up silently [R21]", async () => {
  await expect(readMasterKey({})).rejects.toThrow(/openssl rand -base64 32.*HEADGATE_MASTER_KEY_FILE/s);
  await expect(readMasterKey({ masterKey: "" })).rejects.toThrow(/openssl/);
});

test.each([
  ["short", randomBytes(16).toString("base64")],
  ["long", randomBytes(33).toString("base64")],
  ["not base64", "!".repeat(44)],
  ["hexadecimal", randomBytes(32).toString("hex")],
])("a %s key is refused and not repeated in the message [R21]", async (_what, text) => {
  const refused = await readMasterKey({ masterKey: text }).catch((error: Error) => error.message);
  expect(refused).toMatch(/32 random bytes/);
  expect(refused).not.toContain(text);
});

test("a key file is read, unless it is missing or others can read it [R21]", async () => {
  const file = path.join(folder, "master.key");
  const text = createMasterKey();
  await expect(readMasterKey({ masterKeyFile: file })).rejects.toThrow(/ENOENT/);
  await writeFile(file, `${text}\n`, { mode: 0o600 });
  expect((await readMasterKey({ masterKeyFile: file })).toString("base64")).toBe(text);
  await chmod(file, 0o644);
  await expect(readMasterKey({ masterKeyFile: file })).rejects.toThrow(/chmod 600/);
});

test("a key's id names it without revealing it", () => {
  const key = randomBytes(32);
  expect(masterKeyId(key)).toMatch(/^[0-9a-f]{16}$/);
  expect(masterKeyId(key)).toBe(createSecretBox(key).keyId);
  expect(masterKeyId(key)).not.toBe(masterKeyId(randomBytes(32)));
});
