import { createHmac } from "node:crypto";
import { readdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import {
  destinationSchemas,
  type CheckCode,
  type CheckEvent,
  type CheckRequest,
  type CheckStage,
} from "@headgate/contract";
import type { ReceiverTarget } from "@headgate/core";
import {
  listen,
  makeAuthority,
  makeTestFolder,
  startEventReceiver,
  startHttpServer,
  startS3Server,
  type HttpReply,
  type TestFolder,
} from "@headgate/testkit";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createEgressGate } from "../net/egress-gate.ts";
import { contextWith } from "../testing/targets.ts";
import { checkReceiver } from "./check-receiver.ts";
import type { ReceiverContext } from "./receiver-context.ts";

const canary = "canary-hunter2";
const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

let root: TestFolder;
beforeAll(async () => {
  root = await makeTestFolder();
});
afterAll(() => root.remove());

function open<T extends { close(): Promise<void> }>(started: T): T {
  closing.push(started);
  return started;
}
const server = async (reply: HttpReply) => open(await startHttpServer(() => reply)).origin;

function events(dataPlaneUrl: string, change: object = {}): ReceiverTarget {
  const settings = destinationSchemas.events.settings.parse({ dialect: "rudderstack", dataPlaneUrl, ...change });
  return { kind: "events", settings, secrets: { writeKey: canary } };
}
function webhook(url: string, change: object = {}): ReceiverTarget {
  const settings = destinationSchemas.webhook.settings.parse({ url, ...change });
  return { kind: "webhook", settings, secrets: { signingKey: canary, authorization: `Bearer ${canary}` } };
}
function bucket(endpoint: string, change: object = {}, secretKey = canary): ReceiverTarget {
  const place = { place: "s3", endpoint, region: "eu-central-1", bucket: "exports", prefix: "shop" };
  const settings = { ...place, accessKeyId: "AKIDTEST", format: "csv", ...change };
  return { kind: "files", settings: destinationSchemas.files.settings.parse(settings), secrets: { secretKey } };
}
function folder(name: string): ReceiverTarget {
  const settings = { place: "folder", folder: name, format: "csv" };
  return { kind: "files", settings: destinationSchemas.files.settings.parse(settings), secrets: {} };
}

async function check(target: ReceiverTarget, change: Partial<ReceiverContext> = {}, request: CheckRequest = {}) {
  const told: CheckEvent[] = [];
  const context = { ...contextWith(), filesDir: root.path, ...change };
  const verdict = await checkReceiver(target, context, (event) => told.push(event), request);
  expect(JSON.stringify([verdict, told])).not.toContain(canary);
  const stages = told.flatMap((event) => (event.type === "stage" && event.status !== "running" ? [event] : []));
  return { verdict, stages: stages.map(({ stage, status }) => `${stage} ${status}`) };
}

const s3 = async (options: Parameters<typeof startS3Server>[0] = {}) =>
  open(await startS3Server({ secretKey: canary, ...options }));
const answers = (status: number, body: string) => () => ({ status, body });

type Case = {
  readonly code: CheckCode;
  readonly stage: CheckStage;
  readonly how: string;
  readonly provoke: () => ReturnType<typeof check>;
};

const cases: readonly Case[] = [
  {
    code: "address_denied",
    stage: "name",
    how: "a private address, closed to the web [R44]",
    provoke: async () => check(events("http://10.1.2.3")),
  },
  {
    code: "address_denied",
    stage: "name",
    how: "this machine, where loopback is closed [R43]",
    provoke: async () =>
      check(webhook(await server({ status: 200 })), {
        gate: createEgressGate({ allow: [], loopbackAllowed: false, refuse: [] }),
      }),
  },
  {
    code: "port_closed",
    stage: "port",
    how: "nobody listens",
    provoke: async () => {
      const gone = await startHttpServer(() => ({ status: 200 }));
      await gone.close();
      return check(events(gone.origin));
    },
  },
  {
    code: "tls_unknown_issuer",
    stage: "tls",
    how: "a certificate nobody knows",
    provoke: async () => {
      const identity = makeAuthority().issue({ addresses: ["127.0.0.1"] });
      return check(events(open(await startHttpServer(() => ({ status: 200 }), identity)).origin));
    },
  },
  {
    code: "not_http",
    stage: "sign_in",
    how: "another service",
    provoke: async () => {
      const other = open(
        await listen((socket) => void socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.9\r\n"))),
      );
      return check(events(`http://127.0.0.1:${other.port}`));
    },
  },
  {
    code: "receiver_refused_login",
    stage: "sign_in",
    how: "another write key",
    provoke: async () => check(events(open(await startEventReceiver({ writeKey: "another" })).origin)),
  },
  {
    code: "receiver_missing",
    stage: "sign_in",
    how: "no event API at this address",
    provoke: async () => check(events(await server({ status: 404 }))),
  },
  {
    code: "receiver_redirects",
    stage: "sign_in",
    how: "moved elsewhere [R47]",
    provoke: async () => check(events(await server({ status: 302, headers: { location: "http://127.0.0.1/" } }))),
  },
  {
    code: "receiver_refused",
    stage: "message",
    how: "a webhook that refuses the test message",
    provoke: async () => check(webhook(await server({ status: 422 })), {}, { testMessage: true }),
  },
  {
    code: "receiver_unavailable",
    stage: "sign_in",
    how: "a receiver out of order",
    provoke: async () => check(events(await server({ status: 503 }))),
  },
  {
    code: "bucket_missing",
    stage: "bucket",
    how: "another bucket",
    provoke: async () => check(bucket((await s3()).origin, { bucket: "other" })),
  },
  {
    code: "storage_refused_login",
    stage: "sign_in",
    how: "another secret key",
    provoke: async () => check(bucket((await s3({ secretKey: "another" })).origin)),
  },
  {
    code: "storage_forbidden",
    stage: "write",
    how: "a key that may not write",
    provoke: async () => {
      const body = `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${canary}</Message></Error>`;
      return check(bucket((await s3({ script: answers(403, body) })).origin));
    },
  },
  {
    code: "storage_failed",
    stage: "sign_in",
    how: "an answer that is none",
    provoke: async () => check(bucket((await s3({ script: answers(418, "<html>") })).origin)),
  },
  {
    code: "folder_not_set",
    stage: "folder",
    how: "no folder set aside",
    provoke: () => check(folder("a"), { filesDir: undefined }),
  },
  {
    code: "folder_missing",
    stage: "folder",
    how: "the administrator's folder is gone",
    provoke: () => check(folder("a"), { filesDir: path.join(root.path, "gone") }),
  },
  {
    code: "folder_forbidden",
    stage: "folder",
    how: "a link out of it",
    provoke: async () => {
      const link = path.join(root.path, "out");
      await symlink("/", link);
      const found = await check(folder("out/tmp"));
      await rm(link);
      return found;
    },
  },
  {
    code: "folder_full",
    stage: "space",
    how: "hardly any room",
    provoke: () => check(folder("full"), { leastFreeBytes: Number.MAX_SAFE_INTEGER }),
  },
  {
    code: "folder_failed",
    stage: "folder",
    how: "a name the disk cannot have",
    provoke: () =>
      check({ ...folder("x"), settings: { ...folder("x").settings, folder: "x".repeat(300) } } as ReceiverTarget),
  },
];

it.each(cases)("$code at stage $stage: $how", async ({ code, stage, provoke }) => {
  const { verdict, stages } = await provoke();
  expect(verdict).toMatchObject({ status: "failed", failure: { code, stage } });
  expect(stages.at(-1)).toBe(`${stage} failed`);
});

describe("what works", () => {
  it("an event API takes an empty batch with the write key, and gets no event", async () => {
    const receiver = open(await startEventReceiver({ writeKey: canary }));
    const { verdict, stages } = await check(events(receiver.origin));
    expect(verdict).toMatchObject({ status: "succeeded", kind: "events", hints: ["not_encrypted"] });
    expect(stages).toEqual(["name passed", "route passed", "port passed", "tls passed", "sign_in passed"]);
    expect(receiver.events.size).toBe(0);
  });

  it("says of Segment that its answer proves no key", async () => {
    const origin = await server({ status: 200, body: '{"success":true}' });
    const { verdict } = await check(events(origin, { dialect: "segment" }));
    expect(verdict).toMatchObject({ hints: ["not_encrypted", "login_unproven"] });
  });

  it("a webhook is reached without a request, and gets one signed message when that is asked for", async () => {
    const receiver = open(await startHttpServer(() => ({ status: 204 })));
    expect((await check(webhook(receiver.origin))).verdict).toMatchObject({ status: "succeeded" });
    expect(receiver.requests).toEqual([]);
    const { stages } = await check(webhook(receiver.origin), {}, { testMessage: true });
    expect(stages.at(-1)).toBe("message passed");
    const [message] = receiver.requests;
    const signature = createHmac("sha256", canary)
      .update(message?.body ?? "")
      .digest("base64");
    expect(message?.headers["x-signature"]).toBe(signature);
    expect(message?.body.toString()).toBe('[{"test":true}]');
  });

  it("a bucket takes an object, gives it back and forgets it", async () => {
    const storage = await s3();
    const { verdict, stages } = await check(bucket(storage.origin));
    expect(verdict).toMatchObject({ status: "succeeded", kind: "files" });
    expect(stages.slice(-3)).toEqual(["sign_in passed", "bucket passed", "write passed"]);
    expect([...storage.objects.keys()]).toEqual([]);
  });

  it("a folder is made where it is missing, and nothing stays in it", async () => {
    const { verdict, stages } = await check(folder("shop/daily"));
    expect(verdict).toMatchObject({ status: "succeeded", kind: "files", hints: [] });
    expect(stages).toEqual(["folder passed", "write passed", "space passed"]);
    expect(await readdir(path.join(root.path, "shop/daily"))).toEqual([]);
  });

  it("a stop ends a test at once", async () => {
    const stop = new AbortController();
    const origin = await server("hold");
    const told = check(events(origin), { signal: stop.signal });
    stop.abort();
    expect((await told).verdict).toMatchObject({ status: "failed", failure: { code: "stopped" } });
  });
});
