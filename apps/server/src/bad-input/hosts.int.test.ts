import { listen } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSweep, type Sweep } from "../testing/bad-input.ts";

/** Group A of the catalogue: server addresses. Nothing is sent and nothing asked for any of them. */
describe("what is no server address", () => {
  let sweep: Sweep;
  beforeAll(async () => {
    sweep = await startSweep();
  });
  afterAll(() => sweep.server.stop());

  test.each([
    ["", "Enter the server address", "[B1]"],
    ["   ", "Enter the server address", "[B2]"],
    ["exa mple.com", "spaces", "[B3]"],
    ["-bad.example", "hyphen", "[B4]"],
    [`${"a".repeat(64)}.example`, "longer than 63", "[B5]"],
    ["a.".repeat(126) + "ab", "too long", "[B6]"],
    ["db.example.com:5432", "port in its own field", "[B7]"],
    ["http://db.example.com", "without http://", "[B8]"],
    ["user@host", "Leave out the user name", "[B9]"],
    ["host/path", "without anything after it", "[B10]"],
    ["host?x=1", "without anything after it", "[B11]"],
    ["a.example,b.example", "list of servers is not supported", "[B12]"],
    ["/var/run/postgresql", "over the network", "[B13] [R48]"],
    ["@abstract", "over the network", "[B14] [R48]"],
    ["%2Fvar%2Frun", "over the network", "[B15] [R48]"],
    ["host\0evil", "NUL", "[B16]"],
    ["host\r\nX: y", "line breaks", "[B17]"],
    ["fe80::1%eth0", "%", "[B41]"],
  ])("%j is refused at its field, for connections and tunnels %s %s", async (host, sentence) => {
    const connection = await sweep.refuseConnection({ settings: { host }, secrets: { password: "canary" } });
    expect(connection).toMatchObject({ status: 422, type: "error:request/invalid", attempts: [] });
    expect(connection.fields).toEqual({ "settings.host": expect.stringContaining(sentence) as unknown });
    const tunnel = await sweep.refuseTunnel({ host });
    expect(tunnel).toMatchObject({ status: 422, attempts: [] });
    expect(tunnel.fields).toEqual({ host: expect.stringContaining(sentence) as unknown });
  });
});

describe("where the rules of this installation lead nobody", () => {
  let sweep: Sweep;
  beforeAll(async () => {
    // Reachable from elsewhere, so that loopback is closed too.
    sweep = await startSweep({ host: "0.0.0.0" });
  });
  afterAll(() => sweep.server.stop());

  test.each([
    ["127.0.0.1", "loopback", "[B18] [R43]"],
    ["127.1", "loopback", "[B19]"],
    ["2130706433", "loopback", "[B20]"],
    ["0x7f000001", "loopback", "[B21]"],
    ["0177.0.0.1", "loopback", "[B22]"],
    ["0", "unspecified", "[B23]"],
    ["①②⑦.0.0.1", "loopback", "[B24]"],
    ["127。0。0。1", "loopback", "[B25]"],
    ["::1", "loopback", "[B26]"],
    ["[::1]", "loopback", "[B27]"],
    ["::ffff:169.254.169.254", "metadata", "[B28] [R41]"],
    ["64:ff9b::a9fe:a9fe", "metadata", "[B29] [R41]"],
    ["2002:a9fe:a9fe::1", "metadata", "[B30] [R41]"],
    ["::a9fe:a9fe", "metadata", "[B31] [R41]"],
    ["169.254.169.254", "metadata", "[B32] [R42]"],
    ["169.254.169.254.", "metadata", "[B33] [R42]"],
    ["metadata.google.internal", "metadata", "[B34] [R42]"],
    ["fd00:ec2::254", "metadata", "[B35] [R42]"],
    ["100.100.100.200", "metadata", "[B36] [R42]"],
    ["168.63.129.16", "metadata", "[B37] [R42]"],
    ["0.0.0.0", "unspecified", "[B38] [R42]"],
    ["224.0.0.1", "multicast", "[B39] [R42]"],
    ["255.255.255.255", "reserved", "[B40] [R42]"],
  ])("%s is refused before it is saved, and when it was saved already (%s) %s", async (host, reason) => {
    const denied = expect.stringContaining("rules do not allow this address") as unknown;
    const connection = await sweep.refuseConnection({ settings: { host }, secrets: { password: "canary" } });
    expect(connection).toMatchObject({ status: 422, type: "error:request/invalid", attempts: [] });
    expect(connection.fields).toEqual({ "settings.host": denied });
    const tunnel = await sweep.refuseTunnel({ host });
    expect(tunnel).toMatchObject({ status: 422, fields: { host: denied }, attempts: [] });

    const { verdict, attempts } = await sweep.check(await sweep.plant({ settings: { host } }));
    expect(verdict).toMatchObject({ failure: { stage: "name", code: "address_denied", facts: { reason } } });
    expect(attempts).toEqual([]);
  });
});

describe("names", () => {
  const asked: string[] = [];
  const answers = new Map<string, (readonly string[])[]>();
  let sweep: Sweep;
  const lookup = async (host: string): Promise<readonly string[]> => {
    asked.push(host);
    return answers.get(host)?.shift() ?? [];
  };
  const startWith = async (options: Parameters<typeof startSweep>[0]): Promise<void> => {
    sweep = await startSweep({ ...options, lookup });
    asked.length = 0;
  };

  test("one that leads to this machine is refused when it is resolved [B42] [R43]", async () => {
    await startWith({ host: "0.0.0.0" });
    answers.set("localtest.example", [["127.0.0.1"]]);
    const { id } = await sweep.save({ settings: { host: "localtest.example" } });
    const { verdict, attempts } = await sweep.check(id);
    expect(verdict).toMatchObject({ failure: { code: "address_denied", facts: { reason: "loopback" } } });
    expect({ asked, attempts }).toEqual({ asked: ["localtest.example"], attempts: [] });
    await sweep.server.stop();
  });

  test("one that answers differently the second time is asked once, and only the first answer is used [B43] [R41]", async () => {
    await startWith({});
    const target = await listen((socket) => socket.on("data", () => socket.write("N")));
    answers.set("rebinding.example", [["127.0.0.1"], ["169.254.169.254"], ["169.254.169.254"]]);
    const where = { host: "rebinding.example", port: target.port, tlsMode: "require" };
    const { verdict, attempts } = await sweep.check((await sweep.save({ settings: where })).id);
    expect(verdict).toMatchObject({ failure: { code: "tls_not_offered" } });
    expect(asked).toEqual(["rebinding.example"]);
    expect(new Set(attempts)).toEqual(new Set([`tcp 127.0.0.1:${target.port}`]));
    await Promise.all([sweep.server.stop(), target.close()]);
  });

  test("one with a public and a denied address is refused as a whole [B44] [R41]", async () => {
    await startWith({});
    for (const denied of ["169.254.169.254", "fd00:ec2::254", "0.0.0.0"]) {
      answers.set("mixed.example", [["203.0.112.1", denied]]);
      const { verdict, attempts } = await sweep.check(await sweep.plant({ settings: { host: "mixed.example" } }));
      expect(verdict).toMatchObject({ failure: { stage: "name", code: "address_denied" } });
      expect(attempts).toEqual([]);
    }
    await sweep.server.stop();
  });

  test("one with letters that only look Latin shows as what it is [B45]", async () => {
    await startWith({});
    const lookAlike = "\u0435\u0445ample.com";
    const { id, settings } = await sweep.save({ settings: { host: lookAlike } });
    expect(settings.host).toBe("xn--ample-ywe6i.com");
    const { verdict, attempts } = await sweep.check(id);
    expect(verdict).toMatchObject({ failure: { code: "host_unknown", facts: { host: "xn--ample-ywe6i.com" } } });
    expect(JSON.stringify(verdict)).not.toContain(lookAlike);
    expect({ asked, attempts }).toEqual({ asked: ["xn--ample-ywe6i.com"], attempts: [] });
    await sweep.server.stop();
  });
});

describe("Headgate itself, where loopback is open", () => {
  let sweep: Sweep;
  beforeAll(async () => {
    sweep = await startSweep({ lookup: async () => ["127.0.0.1"] });
  });
  afterAll(() => sweep.server.stop());

  test.each([
    ["its store [B46] [R42]", () => sweep.server.store.database.port],
    ["its own web address [B47] [R42]", () => Number(new URL(sweep.server.url).port)],
  ])("is no database to connect to: %s", async (_what, portOf) => {
    for (const host of ["127.0.0.1", "127.0.0.2", "localhost", "[::1]", "0x7f.1"]) {
      const settings = { host, port: portOf() };
      const { fields, attempts } = await sweep.refuseConnection({ settings });
      expect(fields).toEqual({ "settings.host": expect.stringContaining("Headgate itself answers there") as unknown });
      expect(attempts).toEqual([]);
    }
    for (const host of ["127.0.0.1", "own.example"]) {
      const { verdict, attempts } = await sweep.check(await sweep.plant({ settings: { host, port: portOf() } }));
      expect(verdict).toMatchObject({ failure: { code: "address_denied", facts: { reason: "own_service" } } });
      expect(attempts).toEqual([]);
    }
  });
});
