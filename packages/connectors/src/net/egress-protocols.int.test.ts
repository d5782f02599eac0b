import { listen, watchOutbound, type Listener } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEgressGate } from "./egress-gate.ts";
import type { EgressRules } from "./egress-policy.ts";
import { gateFetch } from "./entra/gate-fetch.ts";

const signal = new AbortController().signal;
const strict: EgressRules = { allow: [], loopbackAllowed: false, refuse: [] };
const inside = async (): Promise<readonly string[]> => ["10.1.2.3"];

describe("a private network", () => {
  const addresses = ["10.1.2.3", "172.16.0.9", "192.168.1.1", "100.64.0.1", "fd12:3456::1", "64:ff9b::a01:203"];

  it.each(addresses)("is where databases and SSH servers may be: %s [R44]", async (host) => {
    const found = await createEgressGate(strict).resolve({ host, port: 5432 }, signal);
    expect(found.addresses).toHaveLength(1);
  });

  it.each(addresses)("is closed to HTTP: %s [R44]", async (host) => {
    const asking = createEgressGate(strict).resolve({ host, port: 443, protocol: "http" }, signal);
    await expect(asking).rejects.toMatchObject({ name: "EgressRefusal", reason: "private" });
  });

  it("is closed to HTTP under any name that leads there [R44]", async () => {
    const asking = createEgressGate(strict, inside).resolve({ host: "hooks.lan", port: 443, protocol: "http" }, signal);
    await expect(asking).rejects.toMatchObject({ reason: "private" });
  });

  it.each(["10.0.0.0/8", "hooks.lan"])("opens to HTTP where the settings name it: %s [R44] [R45]", async (entry) => {
    const gate = createEgressGate({ ...strict, allow: [entry] }, inside);
    const found = await gate.resolve({ host: "hooks.lan", port: 443, protocol: "http" }, signal);
    expect(found.addresses).toEqual(["10.1.2.3"]);
  });
});

describe("HTTP through the gate", () => {
  let watched: Listener;
  beforeAll(async () => {
    watched = await listen((socket) => socket.destroy());
  });
  afterAll(() => watched.close());

  const post = (gate: ReturnType<typeof createEgressGate>, host: string) =>
    gateFetch(gate, { authorities: undefined, timeoutMs: 2_000, signal })(`https://${host}:${watched.port}/token`, {
      method: "POST",
      headers: { authorization: "canary" },
      body: "client_secret=canary",
      redirect: "manual",
      signal,
    });

  it.each(["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "①②⑦.0.0.1"])(
    "asks about addresses typed as such too, and sends nothing: %s [V16] [R40]",
    async (host) => {
      const watch = watchOutbound();
      await expect(post(createEgressGate(strict), host)).rejects.toMatchObject({ reason: "loopback" });
      watch.stop();
      expect(watch.attempts).toEqual([]);
    },
  );

  it("goes where the one look-up led, whatever the next would say [V16] [R41]", async () => {
    const answers = [["127.0.0.1"], ["169.254.169.254"]];
    let asked = 0;
    const gate = createEgressGate({ ...strict, loopbackAllowed: true }, async () => answers[asked++] ?? []);
    await expect(post(gate, "rebinding.example")).rejects.toThrow();
    expect([asked, watched.sockets.size]).toEqual([1, 1]);
  });

  it("speaks TLS or nothing [R47]", async () => {
    const ask = gateFetch(createEgressGate({ ...strict, loopbackAllowed: true }), {
      authorities: undefined,
      timeoutMs: 2_000,
      signal,
    });
    const before = watched.sockets.size;
    const asking = ask(`http://127.0.0.1:${watched.port}/`, {
      method: "POST",
      headers: {},
      body: "canary",
      redirect: "manual",
      signal,
    });
    await expect(asking).rejects.toThrow("Only HTTPS");
    expect(watched.sockets.size).toBe(before);
  });
});
