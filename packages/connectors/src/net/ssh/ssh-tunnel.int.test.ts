import { createServer } from "node:net";
import path from "node:path";
import type { CheckEvent } from "@headgate/contract";
import type { TunnelTarget } from "@headgate/core";
import {
  createDatabase,
  listen,
  makeHostKey,
  startPostgres,
  startSshServer,
  makeTestFolder,
  type SshServer,
  type SshServerOptions,
  type TestDatabase,
} from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { checkPostgres } from "../../postgres/check-postgres.ts";
import { openSession } from "../../postgres/open-session.ts";
import { contextWith, localGate, targetOf } from "../../testing/targets.ts";
import { tunnelThrough } from "../../testing/tunnels.ts";
import { createEgressGate } from "../egress-gate.ts";
import { askHostKey } from "./read-host-key.ts";

const signal = new AbortController().signal;
let database: TestDatabase;
let ssh: SshServer;
beforeAll(async () => {
  database = await createDatabase();
  await database.query("create table orders (id int primary key); insert into orders values (1)");
  ssh = await startSshServer({ password: "hop-password" });
});
afterAll(() => ssh.close());

async function check(tunnel: TunnelTarget, change: Parameters<typeof targetOf>[1] = {}, context = contextWith()) {
  const events: CheckEvent[] = [];
  const verdict = await checkPostgres(targetOf(database, { tunnel, ...change }), context, (event) =>
    events.push(event),
  );
  const stages = events.flatMap((event) => (event.type === "stage" && event.status === "passed" ? [event.stage] : []));
  return verdict.status === "failed" ? { ...verdict.failure, stages } : { code: "ok", facts: {}, stages, verdict };
}

describe("a database behind an SSH server", () => {
  it("is reached without a local port, and the stages tell of both [V13] [R55]", async () => {
    const before = ssh.forwarded();
    const { code, stages } = await check(tunnelThrough(ssh));
    expect({ code, stages }).toEqual({
      code: "ok",
      stages: ["name", "route", "port", "tunnel", "tls", "sign_in", "database", "schema", "table"],
    });
    expect(ssh.forwarded()).toBeGreaterThan(before);
    await expect.poll(() => ssh.clients()).toBe(0);
  });

  it("sessions through the same tunnel share one SSH client, which goes with the last of them [R55]", async () => {
    const target = targetOf(database, { tunnel: tunnelThrough(ssh) });
    const before = ssh.signedIn();
    const sessions = await Promise.all([1, 2, 3].map(() => openSession(target, contextWith())));
    const late = await openSession(target, contextWith());
    expect(ssh.signedIn() - before).toBe(1);
    for (const session of [...sessions, late]) {
      expect(await session.query("select 1 as one")).toEqual([{ one: 1 }]);
      await session.close();
    }
    await expect.poll(() => ssh.clients()).toBe(0);
    await (await openSession(target, contextWith())).close();
    expect(ssh.signedIn() - before).toBe(2);
  });

  it("another password is another client: nobody rides on somebody else's", async () => {
    const tunnel = tunnelThrough(ssh);
    const session = await openSession(targetOf(database, { tunnel }), contextWith());
    expect(await check({ ...tunnel, password: "guessed" })).toMatchObject({ code: "ssh_auth_refused" });
    await session.close();
  });

  it("a stop is told to the database through the tunnel too", async () => {
    const stop = new AbortController();
    const session = await openSession(targetOf(database, { tunnel: tunnelThrough(ssh) }), contextWith({}, stop.signal));
    const sleeping = session.query("select pg_sleep(60)").catch((error: Error) => error);
    const active = "select from pg_stat_activity where pid = $1 and state = 'active'";
    await expect.poll(async () => (await database.query(active, [session.backendPid])).rowCount).toBe(1);
    stop.abort();
    expect(await sleeping).toBeInstanceOf(Error);
    await expect.poll(async () => (await database.query(active, [session.backendPid])).rowCount).toBe(0);
    await expect.poll(() => ssh.clients()).toBe(0);
  });

  it("an SSH server that dies ends the sessions and not the process, and the next one signs in anew", async () => {
    const target = targetOf(database, { tunnel: tunnelThrough(ssh) });
    const session = await openSession(target, contextWith());
    ssh.cut();
    await expect(session.query("select pg_sleep(1)")).rejects.toThrow(/terminated|not queryable|closed/);
    const again = await openSession(target, contextWith());
    await session.close();
    expect(await again.query("select 1 as one")).toEqual([{ one: 1 }]);
    await again.close();
  });

  it("a million rows come through unharmed", async () => {
    const session = await openSession(targetOf(database, { tunnel: tunnelThrough(ssh) }), contextWith());
    const [found] = await session.query("select string_agg(n::text, ',') as all from generate_series(1, 1000000) n");
    expect(found?.["all"]).toHaveLength(6_888_895);
    await session.close();
  });
});

describe("who the SSH server is", () => {
  it("is asked without sending a credential [R54] [V14]", async () => {
    const own = await startSshServer({ password: "hop-password" });
    const key = await askHostKey(localGate, own, { timeoutMs: 5_000, signal });
    expect(key).toEqual({ fingerprint: own.fingerprint, algorithm: "ssh-rsa" });
    expect(own.offered).toEqual([]);
    await own.close();
  });

  it("an unknown key ends it before any credential, and is shown [B118] [R54] [V14]", async () => {
    const own = await startSshServer({ password: "hop-password" });
    expect(await check(tunnelThrough(own, { hostKeyFingerprint: null }))).toMatchObject({
      stage: "tunnel",
      code: "ssh_host_key_unknown",
      facts: { fingerprint: own.fingerprint, host: "127.0.0.1", port: String(own.port) },
    });
    expect(own.offered).toEqual([]);
    await own.close();
  });

  it("a changed key is a hard stop that shows both fingerprints [B117] [R54]", async () => {
    const before = await startSshServer({ password: "hop-password" });
    const tunnel = tunnelThrough(before);
    expect(await check(tunnel)).toMatchObject({ code: "ok" });
    await before.close();
    const impostor = await startSshServer({ password: "hop-password", port: before.port, hostKey: makeHostKey() });
    expect(await check(tunnel)).toMatchObject({
      stage: "tunnel",
      code: "ssh_host_key_changed",
      facts: { fingerprint: impostor.fingerprint, accepted: before.fingerprint },
    });
    expect(impostor.offered).toEqual([]);
    await impostor.close();
  });

  it.each<[string, SshServerOptions["algorithms"], string]>([
    ["SHA-1 with RSA only", { serverHostKey: ["ssh-rsa"] }, "[B121] [R54]"],
    ["Diffie-Hellman group 1 only", { kex: ["diffie-hellman-group1-sha1"] }, "[R54]"],
    ["SHA-1 sums only", { hmac: ["hmac-sha1"], cipher: ["aes128-ctr"] }, "[R54]"],
  ])("a server that knows %s is too old %s", async (_name, algorithms = {}) => {
    const old = await startSshServer({ password: "hop-password", algorithms });
    expect(await check(tunnelThrough(old))).toMatchObject({ stage: "tunnel", code: "ssh_too_old" });
    expect(old.offered).toEqual([]);
    await old.close();
  });

  it("no agent is asked, whatever the environment says [R54]", async () => {
    const folder = await makeTestFolder();
    const asked = vi.fn<() => void>();
    const agent = createServer(asked);
    await new Promise<void>((resolve) => agent.listen(path.join(folder.path, "agent"), resolve));
    vi.stubEnv("SSH_AUTH_SOCK", path.join(folder.path, "agent"));
    expect((await check(tunnelThrough(ssh, { password: "wrong" }))).code).toBe("ssh_auth_refused");
    expect(asked).not.toHaveBeenCalled();
    vi.unstubAllEnvs();
    agent.close();
    await folder.remove();
  });
});

describe("certificates behind a tunnel", () => {
  it("are checked against the database's name and not the tunnel's [V13]", async () => {
    const server = await startPostgres({ tls: { names: ["localhost"] } });
    const tunnel = tunnelThrough(ssh);
    const ask = (host: string) =>
      check(tunnel, {
        ...server,
        host,
        database: "postgres",
        tlsMode: "verify-full",
        caCertificate: server.caCertificate ?? "",
      });
    const found = await ask("localhost");
    expect(found).toMatchObject({ code: "ok", verdict: { encryption: { verified: true, names: "localhost" } } });
    expect(await ask("127.0.0.1")).toMatchObject({
      stage: "tls",
      code: "tls_wrong_name",
      facts: { host: "127.0.0.1" },
    });
    await server.stop();
  });
});

describe("what can be wrong with the way", () => {
  it("a wrong password, and nothing of it in the answer [R31]", async () => {
    const found = await check(tunnelThrough(ssh, { password: "canary-hunter2" }));
    expect(found).toMatchObject({ stage: "tunnel", code: "ssh_auth_refused", facts: { sshUser: "tunnel" } });
    expect(JSON.stringify(found)).not.toContain("canary");
  });

  it("a server that asks for the password in a question of its own gets it", async () => {
    const asking = await startSshServer({ password: "hop-password", interactive: true });
    expect(await check(tunnelThrough(asking))).toMatchObject({ code: "ok" });
    await asking.close();
  });

  it("forwarding that is not allowed [B122]", async () => {
    const closed = await startSshServer({ password: "hop-password", mayForward: () => false });
    expect(await check(tunnelThrough(closed))).toMatchObject({
      stage: "tunnel",
      code: "ssh_forward_refused",
      facts: { host: database.host, port: String(database.port), sshHost: "127.0.0.1" },
    });
    await closed.close();
  });

  it("a database where nothing listens", async () => {
    const gone = await listen(() => {});
    await gone.close();
    expect(await check(tunnelThrough(ssh), { port: gone.port })).toMatchObject({
      stage: "tunnel",
      code: "ssh_forward_refused",
      facts: { port: String(gone.port) },
    });
  });

  it("an SSH server on a denied address gets no packet [B123] [R46]", async () => {
    const gate = createEgressGate({ allow: [], loopbackAllowed: false, refuse: [] });
    const watched = await listen(() => {});
    const tunnel = tunnelThrough({ ...ssh, port: watched.port });
    expect(await check(tunnel, {}, { ...contextWith(), gate })).toMatchObject({
      stage: "name",
      code: "address_denied",
    });
    expect(watched.sockets.size).toBe(0);
    await watched.close();
  });

  it("behind an allowed SSH server its own network counts, except for metadata services [B124] [R46]", async () => {
    const gate = createEgressGate({ allow: [], loopbackAllowed: false, permit: [ssh], refuse: [] });
    expect(await check(tunnelThrough(ssh), {}, { ...contextWith(), gate })).toMatchObject({ code: "ok" });
    const before = ssh.forwarded();
    for (const host of ["169.254.169.254", "metadata.google.internal", "[fd00:ec2::254]"]) {
      expect(await check(tunnelThrough(ssh), { host })).toMatchObject({ code: "address_denied" });
    }
    expect(ssh.forwarded()).toBe(before);
  });

  it.each([
    ["a web server", "HTTP/1.1 400 Bad Request\r\n\r\n", "not_ssh"],
    ["PostgreSQL", "E\0\0\0\x0c", "not_ssh"],
    ["silence", "", "port_silent"],
  ])("%s in place of SSH", async (_name, greeting, code) => {
    const other = await listen((socket) => void socket.write(greeting));
    const found = await check(tunnelThrough({ ...ssh, port: other.port }), {}, contextWith({ connectMs: 500 }));
    expect(found).toMatchObject({ code, facts: { port: String(other.port) } });
    await other.close();
  });

  it("a flood of greetings is cut off instead of buffered [B125]", async () => {
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
    expect((await check(tunnelThrough({ ...ssh, port: flood.port }))).code).toMatch(/^(ssh_failed|not_ssh)$/);
    expect(sent).toBeLessThan(20e6);
    await flood.close();
  });
});
