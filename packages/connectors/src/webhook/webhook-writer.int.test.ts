import { createHmac } from "node:crypto";
import { webhookSettingsSchema, type WebhookSecrets } from "@headgate/contract";
import { startHttpServer, type HttpReply, type HttpServer, type ReceivedRequest } from "@headgate/testkit";
import { afterEach, describe, expect, it } from "vitest";
import type { WriterOrder } from "../batch-writer.ts";
import { batchesOf, oneBatch, orderWith, playedClock, writeAll } from "../testing/batches.ts";
import { localGate } from "../testing/targets.ts";
import { createWebhookWriter } from "./webhook-writer.ts";

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

async function receiver(
  reply: (request: ReceivedRequest, number: number) => HttpReply = () => ({ status: 204 }),
): Promise<HttpServer> {
  let number = 0;
  const started = await startHttpServer((request) => reply(request, number++));
  closing.push(started);
  return started;
}

function writerTo(
  url: string,
  settings: Record<string, unknown> = {},
  secrets: WebhookSecrets = {},
  order: Partial<WriterOrder> = {},
) {
  const fields = [
    { source: "id", destination: "id" },
    { source: "name", destination: "full.name" },
  ];
  const target = { settings: webhookSettingsSchema.parse({ url, ...settings }), secrets, fields };
  return createWebhookWriter(target, orderWith(order), { gate: localGate, clock: playedClock() });
}

const bodies = ({ requests }: HttpServer): unknown[] => requests.map(({ body }) => JSON.parse(body.toString()));

it("sends rows in lists, by the destination's names, which are never taken apart", async () => {
  const to = await receiver();
  const written = await writeAll(writerTo(`${to.origin}/in?team=a`, { batchSize: 2 }), batchesOf(3, 3));
  expect(written).toMatchObject({ delivered: 3, rejected: [] });
  expect(bodies(to)).toEqual([
    [
      { id: 1, "full.name": "name 1" },
      { id: 2, "full.name": "name 2" },
    ],
    [{ id: 3, "full.name": "name 3" }],
  ]);
  expect(to.requests[0]).toMatchObject({ method: "POST", path: "/in?team=a" });
  expect(to.requests[0]?.headers["content-type"]).toBe("application/json");
});

it("fills the template of the body", async () => {
  const to = await receiver();
  const bodyTemplate = '{"flow": {{flow}}, "run": {{run}}, "count": {{count}}, "items": {{ rows }}, "note": "{{}"}';
  const order = { runId: "33333333-3333-4333-8333-333333333333" };
  await writeAll(writerTo(to.origin, { bodyTemplate }, {}, order), batchesOf(2, 2));
  expect(bodies(to)).toMatchObject([
    { flow: orderWith().flowId, run: order.runId, count: 2, items: [{ id: 1 }, { id: 2 }], note: "{{}" },
  ]);
  const single = await receiver();
  await writeAll(writerTo(single.origin, { bodyTemplate: '{"item": {{row}}}', batchSize: 1 }), batchesOf(2, 2));
  expect(bodies(single)).toMatchObject([{ item: { id: 1 } }, { item: { id: 2 } }]);
});

it.each([
  ["base64", "X-Signature"],
  ["hex", "X-Hub-Signature-256"],
] as const)("signs the body as it is sent, in %s", async (signatureEncoding, signatureHeader) => {
  const to = await receiver();
  const signingKey = "a key for signing";
  await writeAll(
    writerTo(to.origin, { signatureEncoding, signatureHeader }, { signingKey }),
    oneBatch([["1", "é 🎉"]]),
  );
  const [request] = to.requests;
  const expected = createHmac("sha256", signingKey)
    .update(request?.raw ?? "")
    .digest(signatureEncoding);
  expect(request?.headers[signatureHeader.toLowerCase()]).toBe(expected);
});

it("sends own headers and the secret one, and no signature without a key", async () => {
  const to = await receiver();
  const headers = [{ name: "X-Team", value: "blue" }];
  await writeAll(writerTo(to.origin, { headers, method: "PUT" }, { authorization: "Bearer t0ken" }), batchesOf(1, 1));
  expect(to.requests[0]?.method).toBe("PUT");
  expect(to.requests[0]?.headers).toMatchObject({ "x-team": "blue", authorization: "Bearer t0ken" });
  expect(to.requests[0]?.headers).not.toHaveProperty("x-signature");
});

it("repeats of the same rows carry the same key, other versions of them another [F2 HTTP]", async () => {
  const to = await receiver((_request, number) => (number === 0 ? "cut" : { status: 200 }));
  await writeAll(writerTo(to.origin), batchesOf(2, 2));
  await writeAll(writerTo(to.origin), batchesOf(2, 2));
  await writeAll(writerTo(to.origin), batchesOf(2, 2, "version 2"));
  const keys = to.requests.map(({ headers }) => headers["idempotency-key"]);
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(keys[3]).not.toBe(keys[0]);
});

describe("answers", () => {
  it("of 422 lead to the one bad row [F11 HTTP]", async () => {
    const to = await receiver(({ body }) => ({ status: body.includes('"name 13"') ? 422 : 200 }));
    const written = await writeAll(writerTo(to.origin, { lanes: 4 }), batchesOf(40, 20));
    expect(written).toMatchObject({ delivered: 39, rejected: [{ key: '["13"]', code: "row_refused" }] });
  });

  it("of 200 with a list of errors reject those rows [F19 HTTP]", async () => {
    const body = JSON.stringify({ accepted: 1, errors: [{ index: 1, status: 400, message: "no" }] });
    const to = await receiver(() => ({ status: 200, body }));
    const written = await writeAll(writerTo(to.origin), batchesOf(2, 2));
    expect(written).toMatchObject({ delivered: 1, rejected: [{ key: '["2"]' }] });
  });

  it.each(['{"errors": []}', '{"errors": null}', '{"note": "no \\"errors\\""}', "<html>"])(
    "of 200 with %s accept all",
    async (body) => {
      const to = await receiver(() => ({ status: 200, body }));
      expect(await writeAll(writerTo(to.origin), batchesOf(2, 2))).toMatchObject({ delivered: 2 });
    },
  );

  it("of 401 stop the run, and no secret is told", async () => {
    const to = await receiver(() => ({ status: 401, body: "Bearer t0ken-of-mine" }));
    const writing = writeAll(writerTo(to.origin, {}, { authorization: "Bearer t0ken-of-mine" }), batchesOf(2, 2));
    const fault: unknown = await writing.catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: "receiver_refused_login" });
    expect(JSON.stringify(fault)).not.toContain("t0ken-of-mine");
  });
});

describe("a receiver in trouble", () => {
  it.each([
    { status: 429, headers: { "retry-after": "7" } },
    { status: 429, headers: { "retry-after": "99999999999" } },
    { status: 500 },
    { status: 503 },
    { status: 408 },
    "cut",
    "cut_body",
  ] as const)("that says %j at first gets the same message again, and every row once [F19 HTTP]", async (reply) => {
    const to = await receiver((_request, number) => (number < 2 ? reply : { status: 200 }));
    expect(await writeAll(writerTo(to.origin), batchesOf(6, 3))).toMatchObject({ delivered: 6, rejected: [] });
    const keys = to.requests.map(({ headers }) => headers["idempotency-key"]);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys).toHaveLength(4);
  });

  it("that finds messages too large gets smaller ones [F19 HTTP]", async () => {
    const to = await receiver(({ body }) => ({ status: body.length > 100 ? 413 : 200 }));
    expect(await writeAll(writerTo(to.origin), batchesOf(12, 12))).toMatchObject({ delivered: 12, rejected: [] });
  });

  it.each([
    [401, "receiver_refused_login", "settings", "[F19 HTTP]"],
    [307, "receiver_redirects", "settings", "[F19 HTTP]"],
    [507, "receiver_full", "temporary", "[F7 HTTP]"],
  ])("that answers %i in the middle stops the run: %s, %s %s", async (status, code, kind) => {
    const to = await receiver((_request, number) => ({ status: number === 2 ? status : 200 }));
    await expect(writeAll(writerTo(to.origin), batchesOf(20, 5))).rejects.toMatchObject({ code, kind });
    expect(to.requests).toHaveLength(3);
  });
});

it("a message stays below a megabyte; a larger row goes alone", async () => {
  const to = await receiver();
  const rows = Array.from(
    { length: 10 },
    (_, index) => [String(index), "x".repeat(index === 4 ? 1_500_000 : 300_000)] as const,
  );
  expect(await writeAll(writerTo(to.origin), oneBatch(rows))).toMatchObject({ delivered: 10 });
  expect(to.requests.map(({ body }) => (JSON.parse(body.toString()) as unknown[]).length)).toEqual([3, 1, 1, 3, 2]);
});
