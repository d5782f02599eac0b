import { listen } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundOn, layBait, type Bait } from "../testing/rogue.ts";
import { contextWith } from "../testing/targets.ts";
import { wire } from "../testing/wire.ts";
import { signIn } from "./sign-in.ts";

/** Far-away servers, on lines on which nobody has proved who they are. */
let bait: Bait;
beforeAll(async () => {
  bait = await layBait();
});
afterAll(() => bait.remove());

const password = "canary-the-real-password";
const ready = Buffer.concat([wire.authOk, wire.ready]);
const afar = { address: "10.1.2.3", encryption: { encrypted: false, verified: false } };

type Circumstances = { address?: string; encryption?: { encrypted: boolean; verified: boolean }; password?: string };

/** How signing in ends at a server that gives one answer, and what it heard. */
async function meet(answer: Buffer, change: Circumstances = {}) {
  const heard: Buffer[] = [];
  const server = await listen((socket) => {
    socket.on("data", (chunk) => {
      heard.push(chunk);
      socket.write(answer);
    });
  });
  const { gate } = contextWith();
  const stream = await gate.connect(
    { host: "127.0.0.1", port: server.port, addresses: ["127.0.0.1"] },
    { timeoutMs: 1_000, signal: new AbortController().signal },
  );
  const { password: given, ...line } = { ...afar, password, ...change };
  const target = {
    host: "db.example",
    port: server.port,
    database: "shop",
    user: "reader",
    tlsMode: "prefer",
  } as const;
  const code = await signIn(
    { ...target, password: given || undefined },
    { stream, ...line },
    { timeoutMs: 2_000 },
  ).then(
    ({ client }) => {
      client.connection.stream.destroy();
      return "signed in";
    },
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)),
  );
  await server.close();
  return { code, leaked: foundOn(Buffer.concat(heard), [...bait.canaries, password]) };
}

describe("the password", () => {
  it.each([
    ["in the clear", wire.askCleartext],
    ["as MD5", wire.askMd5],
  ])("is not told to whoever wants it %s [V5] [R51] [R52]", async (_how, answer) => {
    expect(await meet(answer)).toEqual({ code: "password_unsafe", leaked: [] });
    const encryption = { encrypted: true, verified: false };
    expect(await meet(answer, { encryption })).toEqual({ code: "password_unsafe", leaked: [] });
  });

  it("that nobody asked for ends it, unless the server is known [V5] [R52]", async () => {
    expect(await meet(ready)).toEqual({ code: "password_not_asked", leaked: [] });
    const unverified = { encrypted: true, verified: false };
    expect(await meet(ready, { encryption: unverified })).toEqual({ code: "password_not_asked", leaked: [] });
    const verified = { encrypted: true, verified: true };
    expect(await meet(ready, { encryption: verified })).toEqual({ code: "signed in", leaked: [] });
    expect(await meet(ready, { address: "127.0.0.1" })).toEqual({ code: "signed in", leaked: [] });
  });

  it("that was never given is not missed [V5]", async () => {
    expect(await meet(ready, { password: "" })).toEqual({ code: "signed in", leaked: [] });
  });
});
