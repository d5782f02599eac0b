import { watchOutbound } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundOn, formsOf, layBait, meet, type Bait } from "../testing/rogue.ts";
import { wire } from "../testing/wire.ts";

/**
 * Servers that play every trick to be told something: whatever they say, no byte of a secret, an environment variable or a
 * local file reaches them, and the process lives on.
 */
let bait: Bait;
beforeAll(async () => {
  bait = await layBait();
});
afterAll(() => bait.remove());

const password = "canary-the-real-password";
const ready = Buffer.concat([wire.authOk, wire.ready]);
const bomb = (heard: Buffer): Buffer => {
  const nonce = /r=([^,]+)/.exec(heard.toString("latin1"))?.[1] ?? "";
  return wire.scramFirst(`r=${nonce}more,s=c2FsdHNhbHQ=,i=2000000000`);
};
const shortNonce = (): Buffer => wire.scramFirst("r=mine,s=c2FsdHNhbHQ=,i=4096");
const always = (answer: Buffer) => (): Buffer => answer;
const first = (answer: Buffer) => (_heard: Buffer, turn: number) => (turn === 0 ? answer : undefined);
/** Takes up encryption in one byte and then goes on as if nothing had been agreed. */
const afterS = (answer: Buffer) => (_heard: Buffer, turn: number) => (turn === 0 ? Buffer.from("S") : answer);

type Trick = readonly [name: string, id: string, answer: Parameters<typeof meet>[0]];

const plainTricks: readonly Trick[] = [
  ["asks for the password in the clear", "[V4] [V5]", always(wire.askCleartext)],
  ["asks for an MD5 of the password", "[V4] [V5]", always(wire.askMd5)],
  ["asks for nothing", "[V4] [V5]", first(ready)],
  ["asks for an endless proof", "[V4] [V8]", (heard, turn) => (turn === 0 ? wire.askScram : bomb(heard))],
  ["answers with a nonce of its own", "[V4] [V8]", (_heard, turn) => (turn === 0 ? wire.askScram : shortNonce())],
  ["asks in a way nobody knows", "[V4] [V7]", always(wire.askUnknown)],
  ["announces two gigabytes", "[V4] [V9]", always(Buffer.concat([wire.authOk, wire.endless]))],
  ["announces two gigabytes at once", "[V4] [V9]", always(wire.endless)],
  ["throws an error", "[V4] [V7]", always(wire.error("XX000", "no"))],
  ["lets us in and throws us out", "[V4] [V7]", always(Buffer.concat([ready, wire.error("57P01", "gone")]))],
  ["keeps silent", "[V4]", () => undefined],
  ["sends what is no protocol at all", "[V4]", always(Buffer.from("\0\xff\0\xff".repeat(1_000), "latin1"))],
];

describe.each(plainTricks)("a server that %s", (_name, id, answer) => {
  it(`hears nothing of the environment or a file when no password was given ${id}`, async () => {
    const { code, heard } = await meet(answer);
    expect(code).not.toBe("ok");
    expect(foundOn(heard, bait.canaries)).toEqual([]);
    expect(heard.toString("latin1").slice(8)).toMatch(/^user\0reader\0database\0shop\0/);
  });
});

const greetingTricks: readonly Trick[] = [
  ["declines encryption", "[V8] [B115]", always(Buffer.from("N"))],
  ["puts words behind its S", "[V8] [B116]", always(Buffer.concat([Buffer.from("S"), ready]))],
  [
    "puts a question for the password behind its N",
    "[V8]",
    always(Buffer.concat([Buffer.from("N"), wire.askCleartext])),
  ],
  ["answers with an error", "[V8]", always(wire.error("XX000", "no"))],
  ["agrees and then asks for the password in the clear", "[V8]", afterS(wire.askCleartext)],
  ["agrees and then lets us in", "[V8]", afterS(ready)],
  ["agrees and then keeps silent", "[V8]", first(Buffer.from("S"))],
  ["keeps silent", "[V8]", () => undefined],
];

describe.each(greetingTricks)("under require, a server that %s", (_name, id, answer) => {
  it.each(["require", "verify-full"] as const)(`%s: hears neither name nor password ${id}`, async (tlsMode) => {
    const { stage, heard } = await meet(answer, { tlsMode, password });
    expect(stage).toBe("tls");
    expect(foundOn(heard, [...bait.canaries, password, "reader"])).toEqual([]);
  });
});

describe("values that other drivers take for orders", () => {
  it.each([
    ["a file as the authority", { tlsMode: "verify-ca", caCertificate: "/etc/passwd" }, "tls_bad_authority"],
    [
      "the environment as the key",
      { tlsMode: "require", clientCertificate: "x", clientKey: "/proc/self/environ" },
      "tls_client_unreadable",
    ],
    ["a file as the certificate", { tlsMode: "require", clientCertificate: "/etc/passwd" }, "tls_client_unreadable"],
  ] as const)("%s is no file to read, and no line is opened [V1]", async (_what, change, code) => {
    const found = await meet(always(Buffer.from("S")), { password, ...change });
    expect({ code: found.code, lines: found.lines }).toEqual({ code, lines: 0 });
  });

  it.each(["127.0.0.1?host=169.254.169.254", "/var/run/postgresql", "socket:/tmp/x", "postgres://127.0.0.1/x", "a,b"])(
    "%j is no host, and nothing is sent anywhere [V2]",
    async (host) => {
      const watch = watchOutbound();
      const { code, lines } = await meet(always(ready), { host, password });
      watch.stop();
      expect({ code, lines, attempts: watch.attempts }).toEqual({ code: "host_unknown", lines: 0, attempts: [] });
    },
  );

  it("a connection string in place of a database is sent as the name it is, to the server that was meant [V3]", async () => {
    const database = "host=169.254.169.254 sslrootcert=/etc/passwd options='-c x=y'";
    const watch = watchOutbound();
    const { heard } = await meet(always(wire.error("3D000", "no")), { database });
    watch.stop();
    expect(heard.toString("latin1")).toContain(`database\0${database}\0`);
    expect(new Set(watch.attempts.map((attempt) => attempt.replace(/:\d+$/, "")))).toEqual(new Set(["tcp 127.0.0.1"]));
  });

  it("a mode nobody knows ends as a verdict, not the process [V7]", async () => {
    const tlsMode = "verify-everything" as "require";
    await expect(meet(always(ready), { tlsMode, password })).resolves.toMatchObject({ lines: 0 });
  });
});

it("what is searched for would be found in every form", () => {
  for (const form of formsOf("canary-PGPASSWORD")) {
    const wireText = Buffer.from(`xx${form}yy`, "latin1");
    expect(foundOn(wireText, ["canary-PGPASSWORD"])).toEqual(["canary-PGPASSWORD"]);
  }
  const base64 = Buffer.from("user:canary-PGPASSWORD;").toString("base64");
  expect(foundOn(Buffer.from(base64), ["canary-PGPASSWORD"])).toEqual(["canary-PGPASSWORD"]);
});
