import { makeSshKeyPair } from "@headgate/connectors";
import type { HostKeyVerdict, Tunnel } from "@headgate/contract";
import {
  listen,
  startPostgres,
  startSshServer,
  type SshServer,
  type SshServerOptions,
  type TestServer,
} from "@headgate/testkit";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startSweep, type Sweep } from "../testing/bad-input.ts";

/** Group F of the catalogue: SSH tunnels. Only 127.0.0.1 is open to us; what lies behind a tunnel is another matter. */
let sweep: Sweep;
let postgres: TestServer;
let ssh: SshServer;
beforeAll(async () => {
  const open = { host: "0.0.0.0", settings: { egressAllow: ["127.0.0.1"] } };
  [sweep, postgres] = await Promise.all([startSweep(open), startPostgres()]);
});
afterAll(async () => {
  await sweep.server.stop();
  await postgres.stop();
});
afterEach(() => ssh?.close());

const hop = "canary-hop-password";

async function startHop(options: SshServerOptions = {}): Promise<SshServer> {
  ssh = await startSshServer({ password: hop, ...options });
  return ssh;
}

let tunnels = 0;
async function saveTunnel({ host, port }: { host: string; port: number }, typed: object = {}): Promise<Tunnel> {
  const usual = { user: "tunnel", method: "password", secrets: { password: hop } };
  const body = { name: `Hop ${++tunnels}`, host, port, ...usual, ...typed };
  const answer = await sweep.server.ask("post", "/api/tunnels", { body });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.json<Tunnel>();
}

async function readKey({ id }: Tunnel): Promise<HostKeyVerdict> {
  return (await sweep.server.ask("post", `/api/tunnels/${id}/host-key`, { body: {} })).json<HostKeyVerdict>();
}

async function accept(tunnel: Tunnel): Promise<void> {
  const verdict = await readKey(tunnel);
  const fingerprint = verdict.status === "succeeded" ? verdict.fingerprint : "";
  const answer = await sweep.server.ask("put", `/api/tunnels/${tunnel.id}/host-key`, { body: { fingerprint } });
  expect(answer.status).toBe(200);
}

function through({ id }: Tunnel, change: object = {}) {
  const { host, port, user, password } = postgres;
  const settings = { host, port, user, database: "postgres", tlsMode: "disable", tunnelId: id, ...change };
  return sweep.failure({ settings, secrets: { password } }, hop);
}

describe("the key of an SSH server", () => {
  test("that has changed is a hard stop with both fingerprints; nothing is offered [B117] [R54]", async () => {
    const { fingerprint: accepted } = await startHop();
    const tunnel = await saveTunnel(ssh);
    await accept(tunnel);
    expect(await through(tunnel)).toMatchObject({ code: "ok" });
    const before = ssh.offered.length;
    ssh.changeHostKey();
    expect(await through(tunnel)).toMatchObject({
      stage: "tunnel",
      code: "ssh_host_key_changed",
      facts: { fingerprint: ssh.fingerprint, accepted },
    });
    expect(ssh.offered.length).toBe(before);
  });

  test("that nobody accepted is shown first; nothing is offered [B118] [R54] [V14]", async () => {
    const { fingerprint } = await startHop();
    const tunnel = await saveTunnel(ssh);
    expect(await through(tunnel)).toMatchObject({ code: "ssh_host_key_unknown", facts: { fingerprint } });
    expect(await readKey(tunnel)).toMatchObject({ status: "succeeded", fingerprint, known: false });
    expect(ssh.offered).toEqual([]);
  });

  test("that is signed with SHA-1 only ends it; nothing is offered [B121] [R54]", async () => {
    await startHop({ algorithms: { serverHostKey: ["ssh-rsa"] } });
    const tunnel = await saveTunnel(ssh);
    expect(await readKey(tunnel)).toMatchObject({ status: "failed", failure: { code: "ssh_too_old" } });
    expect(await through(tunnel)).toMatchObject({ stage: "tunnel", code: "ssh_too_old" });
    expect(ssh.offered).toEqual([]);
  });
});

describe("a private key", () => {
  const comment = "x; rm -rf / $(touch /tmp/pwned) `id`";
  const pair = makeSshKeyPair(comment);

  test.each([
    [
      "in PuTTY's form is refused with the way to convert it [B119]",
      "PuTTY-User-Key-File-3: ssh-ed25519\ncanary",
      "PuTTYgen",
    ],
    ["that is the public one is refused by name [B120]", pair.publicKey, "public key"],
    ["cut in half is refused [B98]", pair.privateKey.slice(0, 120), "whole private key"],
  ])("%s", async (_what, privateKey, words) => {
    const typed = { method: "private_key", secrets: { privateKey } };
    const { status, fields, attempts } = await sweep.refuseTunnel(typed, privateKey.slice(-20));
    expect({ status, fields, attempts }).toEqual({
      status: 422,
      fields: { "secrets.privateKey": expect.stringContaining(words) as unknown },
      attempts: [],
    });
  });

  test("with a comment that looks like a command opens the way, and the comment is only a comment [B126]", async () => {
    await startHop({ authorizedKeys: [pair.publicKey] });
    const tunnel = await saveTunnel(ssh, { method: "private_key", secrets: { privateKey: pair.privateKey } });
    await accept(tunnel);
    expect(await through(tunnel)).toMatchObject({ code: "ok" });
    expect(ssh.offered.every((offer) => offer.startsWith("key:"))).toBe(true);
  });
});

describe("the way through", () => {
  test("that the SSH server does not open is named, with whom and where to [B122]", async () => {
    await startHop({ mayForward: () => false });
    const tunnel = await saveTunnel(ssh);
    await accept(tunnel);
    expect(await through(tunnel)).toMatchObject({
      stage: "tunnel",
      code: "ssh_forward_refused",
      facts: { host: postgres.host, port: String(postgres.port), sshHost: "127.0.0.1" },
    });
  });

  test("cannot begin at an address our rules forbid: no packet goes there [B123] [R46]", async () => {
    for (const host of ["127.0.0.2", "169.254.169.254", "[fd00:ec2::254]"]) {
      const { status, fields, attempts } = await sweep.refuseTunnel({ host }, hop);
      expect({ status, fields: Object.keys(fields), attempts }).toEqual({
        status: 422,
        fields: ["host"],
        attempts: [],
      });
    }
  });

  test("may lead where we may not go ourselves, except to metadata services [B124] [R46]", async () => {
    await startHop();
    const tunnel = await saveTunnel(ssh);
    await accept(tunnel);
    const inside = await listen((socket) => socket.on("data", () => socket.write("N")), "127.0.0.2");
    const where = { host: "127.0.0.2", port: inside.port, tlsMode: "require" };
    expect((await sweep.refuseConnection({ settings: where })).fields).toHaveProperty(["settings.host"]);
    expect(await through(tunnel, where)).toMatchObject({ stage: "tls", code: "tls_not_offered" });
    expect(inside.sockets.size).toBeGreaterThan(0);
    const before = ssh.forwarded();
    for (const host of ["169.254.169.254", "metadata.google.internal", "[fd00:ec2::254]"]) {
      const { fields, attempts } = await sweep.refuseConnection({ settings: { host, tunnelId: tunnel.id } });
      expect(fields).toEqual({ "settings.host": expect.stringContaining("credentials") as unknown });
      expect(attempts).toEqual([]);
      const { verdict } = await sweep.check(await sweep.plant({ settings: { host, tunnelId: tunnel.id } }), hop);
      expect(verdict).toMatchObject({ failure: { code: "address_denied", facts: { reason: "metadata" } } });
    }
    expect(ssh.forwarded()).toBe(before);
    await inside.close();
  });

  test("flooded with greetings is cut off, and the server lives on [B125]", async () => {
    let sent = 0;
    const flood = await listen((socket) => {
      const pour = (): void => {
        while (!socket.destroyed && sent < 50e6) {
          sent += 65_536;
          if (!socket.write("welcome\r\n".repeat(7_281))) return;
        }
      };
      socket.on("drain", pour);
      pour();
    });
    const tunnel = await saveTunnel(flood);
    expect(await readKey(tunnel)).toMatchObject({
      status: "failed",
      failure: { code: expect.stringMatching(/^(ssh_failed|not_ssh)$/) as unknown },
    });
    expect(sent).toBeLessThan(20e6);
    expect((await sweep.server.ask("get", "/healthz")).status).toBe(200);
    await flood.close();
  });
});
