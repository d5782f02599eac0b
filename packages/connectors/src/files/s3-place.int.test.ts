import { filesSettingsSchema } from "@headgate/contract";
import { startS3Server, type S3Server, type S3ServerOptions } from "@headgate/testkit";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { RowBatch, WriterOrder } from "../batch-writer.ts";
import { createEgressGate } from "../net/egress-gate.ts";
import { batchesOf, orderWith, playedClock, writeAll } from "../testing/batches.ts";
import { sha256 } from "../testing/files.ts";
import { localGate } from "../testing/targets.ts";
import { createFileWriter } from "./file-writer.ts";
import { readManifest } from "./manifest.ts";
import { openS3Place } from "./s3-place.ts";

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of closing.splice(0)) await one.close();
});

async function storage(options: S3ServerOptions = {}): Promise<S3Server> {
  const started = await startS3Server(options);
  closing.push(started);
  return started;
}

type Change = {
  readonly settings?: Record<string, unknown>;
  readonly secretKey?: string;
  readonly order?: Partial<WriterOrder>;
  readonly gate?: typeof localGate;
};

function writer(endpoint: string, { settings, secretKey = "storage-secret", order, gate = localGate }: Change = {}) {
  const parsed = filesSettingsSchema.parse({
    place: "s3",
    endpoint,
    region: "eu-central-1",
    bucket: "exports",
    prefix: "shop/über",
    accessKeyId: "AKIDTEST",
    format: "csv",
    nameTemplate: "{table} ({date} {time})",
    ...settings,
  });
  if (parsed.place !== "s3") throw new Error("not S3");
  const whole = orderWith({ runId: "33333333-3333-4333-8333-333333333333", ...order });
  const target = {
    settings: parsed,
    fields: ["id", "name"].map((column) => ({ source: column, destination: column })),
    facts: { flow: "Orders", table: "orders", plannedFor: new Date("2026-03-01T06:00:00Z") },
  };
  const place = () =>
    openS3Place({
      settings: parsed,
      secrets: { secretKey },
      signal: whole.signal,
      context: { gate, clock: playedClock() },
      partBytes: 5_000,
    });
  return createFileWriter(target, whole, place);
}

const key = "shop/über/orders (2026-03-01 060000).csv";
const linesOf = (rows: number): string =>
  `id,name\r\n${Array.from({ length: rows }, (_, index) => `${index + 1},name ${index + 1}\r\n`).join("")}`;
const many = 2_000;

it("puts a small file in one piece, then its manifest, every request rightly signed", async () => {
  const to = await storage();
  expect(await writeAll(writer(to.origin), batchesOf(3, 2))).toMatchObject({ delivered: 3 });
  expect(to.objects.get(key)?.toString()).toBe(linesOf(3));
  expect(readManifest(String(to.objects.get(`${key}.manifest.json`)))).toMatchObject({ rows: 3, to: "after 3" });
  expect(to.requests.map(({ method }) => method)).toEqual(["GET", "GET", "PUT", "PUT"]);
});

it("puts a large file in parts that become one object at the end", async () => {
  const to = await storage();
  const seen: number[] = [];
  const watched = async function* (): AsyncGenerator<RowBatch> {
    for await (const batch of batchesOf(many, 100)) {
      yield batch;
      seen.push(to.objects.size);
    }
  };
  await writeAll(writer(to.origin), watched());
  const bytes = to.objects.get(key) ?? Buffer.alloc(0);
  expect(bytes.toString()).toBe(linesOf(many));
  expect(readManifest(String(to.objects.get(`${key}.manifest.json`)))).toMatchObject({
    sha256: sha256(bytes),
    rows: many,
  });
  expect(new Set(seen)).toEqual(new Set([0]));
  expect(to.requests.filter(({ path }) => path.includes("partNumber")).length).toBeGreaterThan(3);
  expect(to.openUploads()).toBe(0);
});

describe("a run that does not come to its end", () => {
  it.each([1, 15])("after %i batches leaves neither object nor parts [F1 file] [F3 file]", async (batches) => {
    const to = await storage();
    const broken = async function* (): AsyncGenerator<RowBatch> {
      yield* batchesOf(batches * 100, 100);
      throw new Error("the source is gone");
    };
    await expect(writeAll(writer(to.origin), broken())).rejects.toThrow("the source is gone");
    expect(to.objects.size).toBe(0);
    expect(to.openUploads()).toBe(0);
  });

  it("because it is cancelled leaves no object [F22 file]", async () => {
    const stop = new AbortController();
    const to = await storage({
      script: ({ path }) => {
        if (!path.includes("partNumber=2")) return undefined;
        stop.abort(new Error("cancelled"));
        return "hold";
      },
    });
    const writing = writeAll(writer(to.origin, { order: { signal: stop.signal } }), batchesOf(many, 100));
    await expect(writing).rejects.toThrow("cancelled");
    expect(to.objects.size).toBe(0);
  });
});

describe("a run that is tried again", () => {
  it("does nothing when its manifest is there, and replaces an object without one [F1 file]", async () => {
    const cut: S3ServerOptions["script"] = ({ method, path }, number) =>
      number < 5 && method === "PUT" && path.includes("manifest") ? { status: 403 } : undefined;
    const to = await storage({ script: cut });
    await expect(writeAll(writer(to.origin), batchesOf(3, 2))).rejects.toMatchObject({
      code: "receiver_refused_login",
    });
    expect([...to.objects.keys()]).toEqual([key]);
    const longer = await storage();
    await writeAll(writer(longer.origin), batchesOf(5, 2));
    await writeAll(writer(longer.origin), batchesOf(3, 2));
    expect(longer.objects.get(key)?.toString()).toBe(linesOf(5));
  });

  it("is refused when another run's file has the name [F9 file] [F21 file]", async () => {
    const to = await storage();
    await writeAll(writer(to.origin), batchesOf(3, 2));
    const runId = "44444444-4444-4444-8444-444444444444";
    await expect(writeAll(writer(to.origin, { order: { runId } }), batchesOf(1, 1))).rejects.toMatchObject({
      code: "file_taken",
    });
  });

  it.each([true, false])(
    "changes nothing when another attempt finishes first; the storage knows conditions: %s [F9 file]",
    async (knowsConditions) => {
      const to = await storage({ knowsConditions });
      const late = async function* (): AsyncGenerator<RowBatch> {
        yield* batchesOf(30, 2);
        await writeAll(writer(to.origin), batchesOf(3, 3));
      };
      await expect(writeAll(writer(to.origin), late())).rejects.toMatchObject({ code: "file_taken" });
      expect(to.objects.get(key)?.toString()).toBe(linesOf(3));
    },
  );

  it("changes no manifest that came at the very last moment [F9 file]", async () => {
    const manifest = `${key}.manifest.json`;
    const to = await storage({
      script: ({ method, path }) => {
        if (method === "PUT" && path.includes("manifest"))
          (to.objects as Map<string, Buffer>).set(manifest, Buffer.from("{}"));
        return undefined;
      },
    });
    await expect(writeAll(writer(to.origin), batchesOf(3, 2))).rejects.toMatchObject({ code: "file_taken" });
    expect(to.objects.get(manifest)?.toString()).toBe("{}");
  });
});

describe("a storage in trouble", () => {
  it.each(["cut", { status: 503 }, { status: 500 }, { status: 429 }] as const)(
    "whose answers are lost or %j, one after the other, still ends with one exact object [F2 file] [F6 file]",
    async (reply) => {
      let last = "";
      const to = await storage({
        script: ({ method, path }) => {
          const what = `${method} ${path}`;
          if (what === last) return undefined;
          last = what;
          return { after: reply };
        },
      });
      await writeAll(writer(to.origin), batchesOf(500, 100));
      expect(to.objects.get(key)?.toString()).toBe(linesOf(500));
      expect(to.objects.size).toBe(2);
    },
  );

  it.each([
    ["a wrong secret", { secretKey: "wrong-storage-secret" }, "receiver_refused_login"],
    ["an unknown key id", { settings: { accessKeyId: "AKIDOTHER" } }, "receiver_refused_login"],
    ["another region", { settings: { region: "us-east-1" } }, "receiver_refused_login"],
    ["no such bucket", { settings: { bucket: "nowhere" } }, "file_place_missing"],
  ])("says what is wrong: %s", async (_what, change, code) => {
    const to = await storage();
    const fault: unknown = await writeAll(writer(to.origin, change), batchesOf(1, 1)).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: "WriterFault", code, kind: "settings" });
    expect(JSON.stringify(fault)).not.toContain("wrong-storage-secret");
    expect(to.objects.size).toBe(0);
  });

  it("that is a web page is said to be none", async () => {
    const to = await storage({
      script: () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<html><p>Hi" }),
    });
    await expect(writeAll(writer(to.origin), batchesOf(1, 1))).rejects.toMatchObject({ name: "WriterFault" });
  });

  it("gives up after ten tries, and says that it is temporary", async () => {
    const to = await storage({ script: () => ({ status: 503 }) });
    await expect(writeAll(writer(to.origin), batchesOf(1, 1))).rejects.toMatchObject({
      code: "receiver_unavailable",
      kind: "temporary",
    });
    expect(to.requests).toHaveLength(10);
  });
});

it("goes through the gate, and looks nowhere but in its settings [R40]", async () => {
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "AWS_PROFILE"])
    vi.stubEnv(name, "from-outside");
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  const to = await storage();
  expect(await writeAll(writer(to.origin), batchesOf(1, 1))).toMatchObject({ delivered: 1 });
  const gate = createEgressGate({ allow: [], loopbackAllowed: false, refuse: [] });
  const closed = await storage();
  await expect(writeAll(writer(closed.origin, { gate }), batchesOf(1, 1))).rejects.toMatchObject({
    code: "receiver_address_denied",
    facts: { reason: "loopback" },
  });
  expect(closed.requests).toEqual([]);
});
