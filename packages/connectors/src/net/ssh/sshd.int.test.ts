import { authorizedKeysLine, type TunnelTarget } from "@headgate/core";
import { createDatabase, listen, startSshDaemon, type SshDaemon, type TestDatabase } from "@headgate/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkPostgres } from "../../postgres/check-postgres.ts";
import { contextWith, localGate, targetOf } from "../../testing/targets.ts";
import { tunnelThrough } from "../../testing/tunnels.ts";
import { makeSshKeyPair } from "./openssh-key.ts";
import { askHostKey } from "./read-host-key.ts";

/** Against OpenSSH's own server where this machine has it; the key pair and its line are those Headgate hands out. */
const pair = makeSshKeyPair("headgate-test");
let database: TestDatabase;
let daemon: SshDaemon;
beforeAll(async () => {
  database = await createDatabase();
  daemon = await startSshDaemon(authorizedKeysLine(pair.publicKey, [database]));
});
afterAll(() => daemon.close());

function tunnel(change: Partial<TunnelTarget> = {}): TunnelTarget {
  const { user } = daemon;
  return tunnelThrough(daemon, { user, method: "headgate_key", privateKey: pair.privateKey, ...change });
}

async function check(change: Parameters<typeof targetOf>[1]) {
  const verdict = await checkPostgres(targetOf(database, change), contextWith(), () => {});
  return verdict.status === "failed" ? verdict.failure : { code: "ok" };
}

it("our key pair and its line lead to the database, with a host key that was asked for before [R54] [V13]", async () => {
  const key = await askHostKey(localGate, daemon, { timeoutMs: 5_000, signal: new AbortController().signal });
  expect(key.fingerprint).toBe(daemon.fingerprint);
  expect(await check({ tunnel: tunnel({ hostKeyFingerprint: key.fingerprint }) })).toEqual({ code: "ok" });
});

it("the line opens no way to anything else [B122]", async () => {
  const other = await listen(() => {});
  const found = await check({ tunnel: tunnel(), port: other.port });
  expect(found).toMatchObject({ code: "ssh_forward_refused", facts: { port: String(other.port) } });
  expect(other.sockets.size).toBe(0);
  await other.close();
});

it("another pair is not let in", async () => {
  const { privateKey } = makeSshKeyPair();
  expect(await check({ tunnel: tunnel({ privateKey }) })).toMatchObject({ stage: "tunnel", code: "ssh_auth_refused" });
});

it("another host key than the accepted one ends it [B117] [R54]", async () => {
  const hostKeyFingerprint = `SHA256:${"A".repeat(43)}`;
  expect(await check({ tunnel: tunnel({ hostKeyFingerprint }) })).toMatchObject({
    code: "ssh_host_key_changed",
    facts: { fingerprint: daemon.fingerprint, accepted: hostKeyFingerprint },
  });
});
