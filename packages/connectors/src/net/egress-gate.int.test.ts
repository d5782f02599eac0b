import { listen, watchOutbound, type Listener } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEgressGate } from "./egress-gate.ts";
import type { EgressRules } from "./egress-policy.ts";

const signal = new AbortController().signal;
const strict: EgressRules = { allow: [], loopbackAllowed: false, refuse: [] };

let listener: Listener;
beforeAll(async () => {
  listener = await listen((socket) => socket.destroy());
});
afterAll(() => listener.close());

async function reach(rules: EgressRules, host: string, lookup?: (host: string) => Promise<readonly string[]>) {
  const gate = lookup ? createEgressGate(rules, lookup) : createEgressGate(rules);
  const checked = await gate.resolve({ host, port: listener.port }, signal);
  (await gate.connect(checked, { timeoutMs: 1_000, signal })).destroy();
}

describe("where nothing may lead to", () => {
  it.each([
    ["127.0.0.1", "loopback", "[B18] [R43]"],
    ["127.1", "loopback", "[B19] [V15]"],
    ["2130706433", "loopback", "[B20] [V15]"],
    ["0x7f000001", "loopback", "[B21] [V15]"],
    ["0177.0.0.1", "loopback", "[B22] [V15]"],
    ["0", "unspecified", "[B23] [V15]"],
    ["①②⑦.0.0.1", "loopback", "[B24] [V15]"],
    ["127。0。0。1", "loopback", "[B25] [V15]"],
    ["::1", "loopback", "[B26]"],
    ["[::1]", "loopback", "[B27]"],
    ["::ffff:169.254.169.254", "metadata", "[B28] [R41]"],
    ["64:ff9b::a9fe:a9fe", "metadata", "[B29] [R41] [V15]"],
    ["2002:a9fe:a9fe::1", "metadata", "[B30] [R41] [V15]"],
    ["::a9fe:a9fe", "metadata", "[B31] [R41] [V15]"],
    ["169.254.169.254", "metadata", "[B32] [R42]"],
    ["169.254.169.254.", "metadata", "[B33] [R42]"],
    ["metadata.google.internal", "metadata", "[B34] [R42]"],
    ["fd00:ec2::254", "metadata", "[B35] [R42]"],
    ["100.100.100.200", "metadata", "[B36] [R42]"],
    ["168.63.129.16", "metadata", "[B37] [R42]"],
    ["0.0.0.0", "unspecified", "[B38] [R42]"],
    ["224.0.0.1", "multicast", "[B39] [R42]"],
    ["255.255.255.255", "reserved", "[B40] [R42]"],
    ["fe80::1", "link_local", "[R42]"],
    ["169.254.7.7", "link_local", "[R42]"],
    ["2001:0:a9fe:a9fe::1", "metadata", "[R41]"],
    ["2001:0:808:808::5601:5601", "metadata", "[R41]"],
    ["::ffff:0:127.0.0.1", "loopback", "[R41]"],
    ["2001:db8::5efe:7f00:1", "reserved", "[R42]"],
    ["4000::1", "reserved", "[R42]"],
    ["::", "unspecified", "[R42]"],
    ["ff02::1", "multicast", "[R42]"],
    ["192.0.0.192", "metadata", "[R42]"],
  ])("%s is refused as %s %s", async (host, reason) => {
    const watch = watchOutbound();
    await expect(reach(strict, host)).rejects.toMatchObject({ name: "EgressRefusal", reason });
    watch.stop();
    expect(watch.attempts).toEqual([]);
  });

  it.each([
    ["fe80::1%eth0", "[B41]"],
    ["/var/run/postgresql", "[B13] [R48]"],
    ["@abstract", "[B14] [R48]"],
    ["%2Fvar%2Frun", "[B15] [R48]"],
    ["host\0evil", "[B16]"],
    ["exa mple.com", "[B3]"],
    ["host/path", "[B10]"],
    ["user@host", "[B9]"],
    ["256.1.1.1", ""],
  ])("%j is no host at all %s", async (host) => {
    const watch = watchOutbound();
    await expect(reach({ ...strict, loopbackAllowed: true }, host)).rejects.toMatchObject({ name: "NameFault" });
    watch.stop();
    expect(watch.attempts).toEqual([]);
  });

  it("a name that leads to loopback is refused [B42]", async () => {
    await expect(reach(strict, "localtest.example", async () => ["127.0.0.1"])).rejects.toMatchObject({
      reason: "loopback",
    });
  });

  it("one denied address among public ones refuses the name [B44] [R41]", async () => {
    const lookup = async () => ["203.0.112.1", "169.254.169.254"];
    await expect(reach(strict, "mixed.example", lookup)).rejects.toMatchObject({ reason: "metadata" });
  });

  it("a name is asked for once, so it cannot lead elsewhere when it is connected to [B43] [R41]", async () => {
    const answers = [["127.0.0.1"], ["169.254.169.254"]];
    let asked = 0;
    const lookup = async () => answers[asked++] ?? [];
    await reach({ ...strict, loopbackAllowed: true }, "rebinding.example", lookup);
    expect(asked).toBe(1);
  });
});

describe("what settings can open", () => {
  it.each([
    ["127.0.0.0/8", "127.0.0.1"],
    ["127.0.0.1", "127.0.0.1"],
    ["localhost", "localhost"],
  ])("loopback, by naming %s [R43]", async (entry, host) => {
    const lookup = async () => ["127.0.0.1"];
    await expect(reach({ ...strict, allow: [entry] }, host, lookup)).resolves.toBeUndefined();
  });

  it.each(["169.254.0.0/16", "169.254.169.254"])(
    "metadata services stay closed even for %s [R42] [R45]",
    async (entry) => {
      const rules = { ...strict, allow: [entry], loopbackAllowed: true };
      await expect(reach(rules, "169.254.169.254")).rejects.toMatchObject({ reason: "metadata" });
    },
  );

  it.each(["127.0.0.1", "localhost", "0.0.0.0", "::1"])(
    "our own service known as %s is refused on every address of this machine [R42] [B46] [B47]",
    async (own) => {
      const rules = { allow: ["127.0.0.0/8"], loopbackAllowed: true, refuse: [{ host: own, port: listener.port }] };
      for (const host of ["127.0.0.1", "localhost", "127.0.0.2", "[::1]"]) {
        await expect(reach(rules, host)).rejects.toMatchObject({ reason: "own_service" });
      }
    },
  );

  it("other ports of this machine are not our own service", async () => {
    const rules = { ...strict, loopbackAllowed: true, refuse: [{ host: "127.0.0.1", port: 1 }] };
    await expect(reach(rules, "127.0.0.1")).resolves.toBeUndefined();
  });
});

it("a name under .invalid is unknown without asking anybody", async () => {
  await expect(reach(strict, "no-such-host.invalid", async () => ["127.0.0.1"])).rejects.toMatchObject({
    name: "NameFault",
    code: "ENOTFOUND",
  });
});

describe("what shows before anybody is asked", () => {
  it.each([
    ["169.254.169.254", "metadata"],
    ["metadata.google.internal", "metadata"],
    ["127.1", "loopback"],
    ["localhost", "loopback"],
    ["db.example.com", undefined],
    ["10.0.0.7", undefined],
    ["not a host", undefined],
  ])("of %s: %s [R42]", async (host, reason) => {
    const watch = watchOutbound();
    expect(await createEgressGate(strict).judge({ host, port: 5432 })).toBe(reason);
    watch.stop();
    expect(watch.attempts).toEqual([]);
  });
});
