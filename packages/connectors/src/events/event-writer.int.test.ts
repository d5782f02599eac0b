import type { Socket } from "node:net";
import type { EventMapping, EventsSettings } from "@headgate/contract";
import {
  listen,
  startEventReceiver,
  startHttpServer,
  type EventReceiver,
  type EventReceiverOptions,
} from "@headgate/testkit";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { RowBatch, WriterOrder } from "../batch-writer.ts";
import type { DestinationContext } from "../delivery/destination-context.ts";
import { createEgressGate } from "../net/egress-gate.ts";
import { batchesOf, oneBatch, orderWith, playedClock, writeAll } from "../testing/batches.ts";
import { localGate } from "../testing/targets.ts";
import { createEventWriter } from "./event-writer.ts";

const mapping: EventMapping = {
  type: "identify",
  userId: "id",
  traits: [{ source: "name", key: "profile.name" }],
  constants: [{ key: "source", value: "shop" }],
};

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

async function receiver(options: EventReceiverOptions = {}): Promise<EventReceiver> {
  const started = await startEventReceiver(options);
  closing.push(started);
  return started;
}

type Change = {
  readonly settings?: Partial<EventsSettings>;
  readonly mapping?: EventMapping;
  readonly writeKey?: string;
  readonly order?: Partial<WriterOrder>;
  readonly context?: Partial<DestinationContext>;
};

function writerTo(dataPlaneUrl: string, change: Change = {}) {
  return createEventWriter(
    {
      settings: { dialect: "rudderstack", dataPlaneUrl, lanes: 4, gzip: true, ...change.settings },
      secrets: { writeKey: change.writeKey ?? "write-key" },
      mapping: change.mapping ?? mapping,
    },
    orderWith(change.order),
    { gate: localGate, clock: playedClock(), ...change.context },
  );
}

const idsUpTo = (rows: number): string[] => Array.from({ length: rows }, (_, index) => String(index + 1));

/** Whom the receiver knows, in the order of their numbers. */
function known({ events }: EventReceiver): string[] {
  return [...events.values()].map(({ userId }) => String(userId)).toSorted((a, b) => Number(a) - Number(b));
}

describe.each(["rudderstack", "segment"] as const)("%s", (dialect) => {
  it("takes every row as an event of its published shape", async () => {
    const to = await receiver({ dialect });
    const written = await writeAll(writerTo(to.origin, { settings: { dialect } }), batchesOf(2500, 700));
    expect(written).toMatchObject({ delivered: 2500, rejected: [] });
    expect(written.positions).toEqual(["after 700", "after 1400", "after 2100", "after 2500"]);
    expect(known(to)).toEqual(idsUpTo(2500));
    expect(to.taken()).toBe(2500);
  });

  it("takes track events, too", async () => {
    const to = await receiver({ dialect });
    const track: EventMapping = { ...mapping, type: "track", event: { kind: "column", column: "name" } };
    await writeAll(writerTo(to.origin, { settings: { dialect }, mapping: track }), batchesOf(10, 10));
    expect([...to.events.values()].map(({ event }) => event)).toContain("name 7");
  });
});

it("writing the same batches again changes nothing at a receiver that remembers ids", async () => {
  const to = await receiver();
  for (let run = 0; run < 3; run += 1) await writeAll(writerTo(to.origin), batchesOf(50, 20));
  expect(to.taken()).toBe(150);
  expect(known(to)).toEqual(idsUpTo(50));
  await writeAll(writerTo(to.origin), batchesOf(50, 20, "version 2"));
  expect(to.events.size).toBe(100);
});

it("with one lane events arrive in the order of the rows, also when some are bad and some requests fail", async () => {
  const to = await receiver({
    refuses: ({ userId }) => userId === "33",
    script: (_request, number) => (number % 3 === 1 ? { status: 503 } : undefined),
  });
  await writeAll(writerTo(to.origin, { settings: { lanes: 1 } }), batchesOf(100, 30));
  const arrived = [...to.events.values()].map(({ userId }) => userId);
  expect(arrived).toEqual(idsUpTo(100).filter((id) => id !== "33"));
});

it("a prefix of the address is kept, and the key goes as the user name of Basic", async () => {
  const server = await startHttpServer(() => ({ status: 200 }));
  closing.push(server);
  await writeAll(writerTo(`${server.origin}/proxy/`), batchesOf(1, 1));
  expect(server.requests[0]?.path).toBe("/proxy/v1/batch");
  expect(server.requests[0]?.headers["authorization"]).toBe(`Basic ${btoa("write-key:")}`);
  expect(server.requests[0]?.headers["idempotency-key"]).toMatch(/^[0-9a-f]{64}$/);
});

it("compresses for other machines only", async () => {
  const to = await receiver();
  await writeAll(writerTo(to.origin), batchesOf(100, 100));
  const gate = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] }, async () => ["127.0.0.1"]);
  await writeAll(writerTo(`http://receiver.example:${to.port}`, { context: { gate } }), batchesOf(200, 200));
  expect(to.requests.map(({ headers }) => headers["content-encoding"])).toEqual([undefined, "gzip"]);
  const [, packed] = to.requests;
  expect(packed?.raw.length).toBeLessThan((packed?.body.length ?? 0) / 3);
  expect(known(to)).toEqual(idsUpTo(200));
});

describe("rows that cannot be delivered", () => {
  it("are rejected one by one while all others arrive, and the counts are exact [F11 HTTP]", async () => {
    const to = await receiver({ refuses: ({ userId }) => Number(userId) % 40 === 0 });
    const written = await writeAll(writerTo(to.origin), batchesOf(100, 50));
    expect(written.delivered).toBe(98);
    expect(written.rejected.map(({ key, code }) => `${key} ${code}`)).toEqual([
      '["40"] row_refused',
      '["80"] row_refused',
    ]);
    expect(to.events.size).toBe(98);
  });

  it("because nobody is named or they are too large never leave [B199] [F11 HTTP]", async () => {
    const to = await receiver();
    const rows = [
      ["1", "a"],
      [null, "b"],
      ["3", "x".repeat(40_000)],
    ] as const;
    const written = await writeAll(writerTo(to.origin, { order: { key: ["name"] } }), oneBatch(rows));
    expect(written).toMatchObject({
      delivered: 1,
      rejected: [{ code: "identifier_empty" }, { code: "row_too_large" }],
    });
    expect(known(to)).toEqual(["1"]);
  });

  it("beyond the limit fail the run", async () => {
    const to = await receiver({ refuses: () => true });
    const writing = writeAll(writerTo(to.origin, { order: { rejectLimit: 10 } }), batchesOf(100, 50));
    await expect(writing).rejects.toMatchObject({ code: "too_many_rejected" });
  });
});

describe("a receiver in trouble", () => {
  it.each([0, 1, 2, 3, 4])(
    "that takes request %i in and loses its answer holds each event once [F2 HTTP] [F1 HTTP]",
    async (at) => {
      const to = await receiver({ script: (_request, number) => (number === at ? { after: "cut" } : undefined) });
      const written = await writeAll(writerTo(to.origin), batchesOf(100, 20));
      expect(written.delivered).toBe(100);
      expect(known(to)).toEqual(idsUpTo(100));
      expect(to.taken()).toBe(120);
    },
  );

  it("that is silent for too long is asked again with the same ids [F5 HTTP]", async () => {
    const to = await receiver({ script: (_request, number) => (number === 0 ? { after: "hold" } : undefined) });
    await writeAll(writerTo(to.origin, { context: { limits: { totalMs: 1_000 } } }), batchesOf(10, 10));
    expect(known(to)).toEqual(idsUpTo(10));
    expect(to.taken()).toBeGreaterThanOrEqual(20);
  });

  it("that goes away for a while gets what it missed [F6 HTTP]", async () => {
    const to = await receiver({ script: (_request, number) => (number >= 1 && number <= 4 ? "cut" : undefined) });
    await writeAll(writerTo(to.origin), batchesOf(60, 20));
    expect(known(to)).toEqual(idsUpTo(60));
  });

  it("that is asked to be left alone is left alone for exactly as long [F19 HTTP]", async () => {
    const clock = playedClock();
    const date = "Sun, 01 Mar 2026 12:01:10 GMT";
    const headers = [{ "retry-after": "70" }, { "retry-after": date }, { "retry-after": "99999999" }];
    const to = await receiver({
      script: (_request, number) => (headers[number] ? { status: 429, headers: headers[number] } : undefined),
    });
    await writeAll(writerTo(to.origin, { settings: { lanes: 1 }, context: { clock } }), batchesOf(10, 10));
    // The date has passed when the first wait is over, so the usual back-off of the second failure applies.
    expect(clock.pauses).toEqual([70_000, 500, 900_000]);
    expect(to.requests).toHaveLength(4);
  });

  it.each(["cut_body", "drip", { status: 500 }, { status: 408 }, { status: 425 }] as const)(
    "that answers %j at first is asked again, and nothing is counted twice [F19 HTTP]",
    async (reply) => {
      const to = await receiver({ script: (_request, number) => (number < 2 ? { after: reply } : undefined) });
      const limits = { totalMs: 1_000 };
      const written = await writeAll(
        writerTo(to.origin, { settings: { lanes: 1 }, context: { limits } }),
        batchesOf(10, 10),
      );
      expect(written.delivered).toBe(10);
      expect(known(to)).toEqual(idsUpTo(10));
      expect(to.requests.length).toBeGreaterThanOrEqual(3);
    },
  );

  it("that finds requests too large gets smaller ones [F19 HTTP]", async () => {
    const to = await receiver({ script: ({ body }) => (body.length > 2_000 ? { status: 413 } : undefined) });
    const written = await writeAll(writerTo(to.origin), batchesOf(100, 100));
    expect(written).toMatchObject({ delivered: 100, rejected: [] });
    expect(known(to)).toEqual(idsUpTo(100));
  });

  it("that answers 207 rejects one row, has another sent again and keeps the rest [F19 HTTP]", async () => {
    const to = await receiver({
      script: (_request, number) => {
        const errors = [
          { index: 2, status: 400 },
          { index: 5, status: 503 },
        ];
        return number === 0 ? { after: { status: 207, body: JSON.stringify({ errors }) } } : undefined;
      },
    });
    const written = await writeAll(writerTo(to.origin), batchesOf(10, 10));
    expect(written).toMatchObject({ delivered: 9, rejected: [{ key: '["3"]' }] });
    expect(to.requests[1]?.body.toString()).toContain('"userId":"6"');
  });

  it.each([
    { reply: { status: 401 }, code: "receiver_refused_login", ids: "[B206]" },
    { reply: { status: 400, body: "Invalid Write Key" }, code: "receiver_refused_login", ids: "[B206]" },
    { reply: { status: 403 }, code: "receiver_refused_login", ids: "" },
    {
      reply: { status: 307, headers: { location: "http://127.0.0.1:1/" } },
      code: "receiver_redirects",
      ids: "[B205] [R47]",
    },
    { reply: "endless", code: "receiver_answers_without_end", ids: "[B207]" },
    { reply: { status: 507 }, code: "receiver_full", ids: "[F7 HTTP]" },
  ] as const)(
    "that answers $reply in the middle stops the run; what was acknowledged stays $ids [F19 HTTP]",
    async ({ reply, code }) => {
      const to = await receiver({ script: (_request, number) => (number === 3 ? reply : undefined) });
      const seen: string[] = [];
      const write = writerTo(to.origin, { settings: { lanes: 1 } });
      const reading = async (): Promise<void> => {
        for await (const { position } of write(batchesOf(100, 20))) seen.push(position);
      };
      await expect(reading()).rejects.toMatchObject({ name: "WriterFault", code });
      expect(seen).toEqual(["after 20", "after 40", "after 60"]);
      expect(known(to)).toEqual(idsUpTo(60));
      expect(to.requests).toHaveLength(4);
    },
  );

  it("refuses a wrong write key before anything is taken in [B206]", async () => {
    const to = await receiver();
    const writing = writeAll(writerTo(to.origin, { writeKey: "wrong-key-of-mine" }), batchesOf(10, 10));
    const fault: unknown = await writing.catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: "receiver_refused_login", kind: "settings", facts: { reason: "HTTP 401" } });
    expect(JSON.stringify(fault)).not.toContain("wrong-key-of-mine");
    expect(to.taken()).toBe(0);
  });

  it("whatever goes wrong on the way, its end state is the source's", async () => {
    const trouble = fc.constantFrom(
      undefined,
      undefined,
      "cut",
      "cut_body",
      "after cut",
      429,
      500,
      503,
      413,
      "after 500",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(trouble, { maxLength: 9 }), fc.integer({ min: 1, max: 8 }), async (story, lanes) => {
        const to = await receiver({
          script: ({ body }, number) => {
            const what = story[number];
            // A single event that is too large would rightly be rejected.
            if (what === 413 && body.toString().split('"messageId"').length <= 2) return undefined;
            if (what === "after cut") return { after: "cut" };
            if (what === "after 500") return { after: { status: 500 } };
            return typeof what === "number" ? { status: what } : (what as "cut" | "cut_body" | undefined);
          },
        });
        const written = await writeAll(writerTo(to.origin, { settings: { lanes } }), batchesOf(120, 25));
        expect(written).toMatchObject({ delivered: 120, rejected: [] });
        expect(known(to)).toEqual(idsUpTo(120));
        await to.close();
      }),
      { numRuns: 40 },
    );
  });
});

it("a source that dies in the middle is taken up again where it was acknowledged [F3 HTTP]", async () => {
  const to = await receiver();
  const seen: number[] = [];
  const dying = async function* (): AsyncGenerator<RowBatch> {
    for await (const batch of batchesOf(100, 20)) {
      if (batch.seq === 3) throw new Error("the source is gone");
      yield batch;
    }
  };
  const first = async (): Promise<void> => {
    for await (const { seq } of writerTo(to.origin, { settings: { lanes: 1 } })(dying())) seen.push(seq);
  };
  await expect(first()).rejects.toThrow("the source is gone");
  expect(seen).toEqual([...seen.keys()]);
  const rest = async function* (): AsyncGenerator<RowBatch> {
    for await (const batch of batchesOf(100, 20)) if (batch.seq >= seen.length) yield batch;
  };
  await writeAll(writerTo(to.origin), rest());
  expect(known(to)).toEqual(idsUpTo(100));
});

it("an answer that comes byte by byte is an answer [F16 HTTP]", async () => {
  const server = await listen((socket) => {
    let asked = "";
    socket.on("data", (chunk: Buffer) => {
      asked += chunk.toString("latin1");
      // Requests end with the batch's own end.
      if (!asked.endsWith("]}")) return;
      asked = "";
      void drip(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");
    });
  });
  closing.push(server);
  expect(await writeAll(writerTo(`http://127.0.0.1:${server.port}`), batchesOf(60, 20))).toMatchObject({
    delivered: 60,
  });
});

async function drip(socket: Socket, text: string): Promise<void> {
  socket.setNoDelay(true);
  for (const letter of text) {
    socket.write(letter);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("stopping", () => {
  it("in the middle of a request ends at once, and the next attempt completes what is missing [F22 HTTP] [F9 HTTP]", async () => {
    const stop = new AbortController();
    const to = await receiver({
      script: (_request, number) => {
        if (number !== 2) return undefined;
        stop.abort(new Error("cancelled"));
        return { after: "hold" };
      },
    });
    const first = writeAll(
      writerTo(to.origin, { settings: { lanes: 1 }, order: { signal: stop.signal } }),
      batchesOf(100, 20),
    );
    await expect(first).rejects.toThrow("cancelled");
    await writeAll(writerTo(to.origin, { settings: { lanes: 1 } }), batchesOf(100, 20));
    expect(known(to)).toEqual(idsUpTo(100));
    // At most lanes times one batch is repeated.
    expect(to.taken()).toBeLessThanOrEqual(100 + 60);
  });
});

it("speaks to nobody whom the gate denies [R40] [B204]", async () => {
  const to = await receiver();
  const gate = createEgressGate({ allow: [], loopbackAllowed: false, refuse: [] });
  await expect(writeAll(writerTo(to.origin, { context: { gate } }), batchesOf(1, 1))).rejects.toMatchObject({
    code: "receiver_address_denied",
    facts: { reason: "loopback" },
  });
  expect(to.requests).toEqual([]);
});
