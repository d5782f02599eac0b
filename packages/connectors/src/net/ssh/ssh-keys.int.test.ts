import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { createDatabase, makeTestFolder, startSshServer, type TestDatabase } from "@headgate/testkit";
import ssh2 from "ssh2";
import { beforeAll, describe, expect, it } from "vitest";
import { checkPostgres } from "../../postgres/check-postgres.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { tunnelThrough } from "../../testing/tunnels.ts";
import { makeSshKeyPair } from "./openssh-key.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});

const passphrase = "canary-passphrase";

/** Signs in with a private key at a server that knows the public one; `ok`, or the failure. */
async function signIn(privateKey: string, publicKey: string, phrase?: string) {
  const server = await startSshServer({ authorizedKeys: [publicKey] });
  const how = { method: "private_key", privateKey, ...(phrase !== undefined && { passphrase: phrase }) } as const;
  const { password: _none, ...tunnel } = tunnelThrough(server, how);
  const verdict = await checkPostgres(targetOf(database, { tunnel }), contextWith(), () => {});
  await server.close();
  expect(server.offered.filter((one) => one.startsWith("password"))).toEqual([]);
  return verdict.status === "failed" ? verdict.failure : { code: "ok", facts: {}, stage: "" };
}

function publicLine(privateKey: string, phrase?: string): string {
  const key = ssh2.utils.parseKey(privateKey, phrase);
  if (key instanceof Error) throw key;
  return `${key.type} ${key.getPublicSSH().toString("base64")}`;
}

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const ed25519 = ssh2.utils.generateKeyPairSync("ed25519");
const locked = ssh2.utils.generateKeyPairSync("ed25519", { passphrase, cipher: "aes256-ctr", rounds: 16 });
const rsaPem = rsa.export({ type: "pkcs1", format: "pem" }).toString();
const ecPem = ec.export({ type: "sec1", format: "pem" }).toString();
const pkcs8 = rsa.export({ type: "pkcs8", format: "pem" }).toString();
const lockedPkcs8 = rsa.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase }).toString();
const lockedPem = rsa.export({ type: "pkcs1", format: "pem", cipher: "aes-256-cbc", passphrase }).toString();

describe("forms of private keys that are understood", () => {
  it.each([
    { name: "OpenSSH", key: ed25519.private, line: ed25519.public },
    { name: "OpenSSH with a passphrase", key: locked.private, line: locked.public, phrase: passphrase },
    { name: "PEM with RSA", key: rsaPem, line: publicLine(rsaPem) },
    { name: "PEM with an elliptic curve", key: ecPem, line: publicLine(ecPem) },
    { name: "PEM with a passphrase", key: lockedPem, line: publicLine(rsaPem), phrase: passphrase },
    { name: "PKCS#8", key: pkcs8, line: publicLine(rsaPem) },
    { name: "PKCS#8 with a passphrase", key: lockedPkcs8, line: publicLine(rsaPem), phrase: passphrase },
    { name: "Windows line ends", key: ed25519.private.replaceAll("\n", "\r\n"), line: ed25519.public },
    { name: "a literal \\n as in a JSON file", key: ed25519.private.replaceAll("\n", "\\n"), line: ed25519.public },
    { name: "spaces around it", key: `\n  ${rsaPem.replaceAll("\n", "\n  ")}`, line: publicLine(rsaPem) },
  ])("$name", async ({ key, line, phrase }) => {
    expect(await signIn(key, line, phrase)).toMatchObject({ code: "ok" });
  });

  it("PKCS#8 with Ed25519, as OpenSSL 3 makes it", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const text = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const point = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
    const blob = Buffer.concat([Buffer.from("\0\0\0\x0bssh-ed25519\0\0\0\x20", "latin1"), point]);
    expect(await signIn(text, `ssh-ed25519 ${blob.toString("base64")}`)).toMatchObject({ code: "ok" });
  });

  it("the pair Headgate makes", async () => {
    const { privateKey, publicKey } = makeSshKeyPair();
    expect(publicKey).toMatch(/^ssh-ed25519 AAAA\S+ headgate$/);
    expect(await signIn(privateKey, publicKey)).toMatchObject({ code: "ok" });
    expect(makeSshKeyPair().privateKey).not.toBe(privateKey);
  });

  it("a comment that looks like a command is only a comment [B126]", async () => {
    const folder = await makeTestFolder();
    const file = path.join(folder.path, "made");
    const key = ssh2.utils.generateKeyPairSync("ed25519", { comment: `$(touch ${file}); \`touch ${file}\`` });
    expect(await signIn(key.private, key.public)).toMatchObject({ code: "ok" });
    expect(existsSync(file)).toBe(false);
    await folder.remove();
  });
});

describe("what is no private key says what it is", () => {
  it.each([
    {
      name: "a PuTTY file",
      key: "PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none",
      code: "ssh_key_ppk",
      id: "[B119]",
    },
    { name: "a public key", key: ed25519.public, code: "ssh_key_public", id: "[B120]" },
    { name: "a public key in PEM", key: "-----BEGIN PUBLIC KEY-----\nMIIB", code: "ssh_key_public", id: "[B120]" },
    { name: "garbage", key: "hello", code: "ssh_key_unreadable", id: "" },
    { name: "half a key", key: ed25519.private.slice(0, 200), code: "ssh_key_unreadable", id: "" },
    { name: "half a PKCS#8 key", key: pkcs8.slice(0, 400), code: "ssh_key_unreadable", id: "" },
    { name: "an empty text", key: "", code: "ssh_key_missing", id: "" },
  ])("$name $id", async ({ key, code }) => {
    expect(await signIn(key, ed25519.public)).toMatchObject({ stage: "tunnel", code });
  });

  it.each([
    ["OpenSSH", locked.private],
    ["PEM", lockedPem],
    ["PKCS#8", lockedPkcs8],
  ])("an encrypted key in %s form, without and with a wrong passphrase", async (_name, key) => {
    const without = await signIn(key, ed25519.public);
    expect(without).toMatchObject({ code: "ssh_key_passphrase", facts: { reason: "missing" } });
    const wrong = await signIn(key, ed25519.public, "another-passphrase");
    expect(wrong).toMatchObject({ code: "ssh_key_passphrase", facts: { reason: "wrong" } });
    expect(JSON.stringify(wrong)).not.toContain("another-passphrase");
  });

  it("a key the server does not know is refused by it", async () => {
    expect(await signIn(makeSshKeyPair().privateKey, ed25519.public)).toMatchObject({ code: "ssh_auth_refused" });
  });
});
