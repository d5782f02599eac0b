import { filesSettingsSchema, webhookSettingsSchema } from "@headgate/contract";
import { startEventReceiver, startHttpServer } from "@headgate/testkit";
import { describe, expect, it } from "vitest";
import type { BatchWriter, RowBatch, WriterOrder } from "../batch-writer.ts";
import { createEventWriter } from "../events/event-writer.ts";
import { createFileWriter } from "../files/file-writer.ts";
import { openFolderPlace } from "../files/folder-place.ts";
import { batchesOf, orderWith, playedClock, writeAll } from "../testing/batches.ts";
import { filesIn, makeFolder } from "../testing/files.ts";
import { localGate } from "../testing/targets.ts";
import { createWebhookWriter } from "../webhook/webhook-writer.ts";
import type { Clock } from "./clock.ts";

/** When somebody presses Stop: while the nth batch is read, while its plan is written down, or while we wait. */
type Phase = { readonly during: "reading" | "planning" | "waiting"; readonly batch: number };

const phases: readonly Phase[] = [
  { during: "reading", batch: 0 },
  { during: "reading", batch: 3 },
  { during: "reading", batch: 5 },
  { during: "planning", batch: 0 },
  { during: "planning", batch: 4 },
  { during: "waiting", batch: 2 },
];

/** 100 rows in five batches, and a Stop that comes in the phase. */
function stopIn({ during, batch }: Phase) {
  const stop = new AbortController();
  const press = (): void => stop.abort(new Error("cancelled"));
  const clock: Clock = playedClock();
  async function* batches(): AsyncGenerator<RowBatch> {
    for await (const one of batchesOf(100, 20)) {
      if (during === "reading" && one.seq === batch) press();
      yield one;
    }
    if (during === "reading" && batch === 5) press();
  }
  const order: Partial<WriterOrder> = {
    signal: stop.signal,
    onPlanned: async ({ seq }) => {
      if (during === "planning" && seq === batch) press();
    },
  };
  const pressingClock: Clock = {
    ...clock,
    pause: async (milliseconds, signal) => {
      if (during === "waiting") press();
      await clock.pause(milliseconds, signal);
    },
  };
  return { batches: batches(), order, clock: pressingClock, isWaiting: (number: number) => number === batch };
}

async function expectStopped(writer: BatchWriter, batches: AsyncIterable<RowBatch>): Promise<void> {
  await expect(writeAll(writer, batches)).rejects.toThrow("cancelled");
}

const ids = Array.from({ length: 100 }, (_, index) => String(index + 1));
const fields = ["id", "name"].map((column) => ({ source: column, destination: column }));

describe.each(phases)("stopped while $during batch $batch", (phase) => {
  it("events that were under way are repeated with their ids by the next attempt, and none is missing [F22 HTTP]", async () => {
    const stopped = stopIn(phase);
    const asksToWait = ({ during }: Phase, number: number): boolean =>
      during === "waiting" && stopped.isWaiting(number);
    const receiver = await startEventReceiver({
      script: (_request, number) => (asksToWait(phase, number) ? { status: 429 } : undefined),
    });
    const settings = { dialect: "rudderstack", dataPlaneUrl: receiver.origin, lanes: 2, gzip: true } as const;
    const traits = [{ source: "name", key: "name" }];
    const mapping = { type: "identify" as const, userId: "id", traits, constants: [] };
    const target = { settings, secrets: { writeKey: "write-key" }, mapping };
    const writer = (order: Partial<WriterOrder>, clock: Clock) =>
      createEventWriter(target, orderWith(order), { gate: localGate, clock });
    try {
      await expectStopped(writer(stopped.order, stopped.clock), stopped.batches);
      const before = receiver.taken();
      await writeAll(writer({}, playedClock()), batchesOf(100, 20));
      expect(new Set([...receiver.events.values()].map(({ userId }) => userId))).toEqual(new Set(ids));
      expect(receiver.events.size).toBe(100);
      expect(receiver.taken()).toBe(before + 100);
    } finally {
      await receiver.close();
    }
  });

  it("messages of a webhook are repeated with their keys [F22 HTTP]", async () => {
    const stopped = stopIn(phase);
    let number = 0;
    const receiver = await startHttpServer(() =>
      phase.during === "waiting" && stopped.isWaiting(number++) ? { status: 503 } : { status: 204 },
    );
    const target = { settings: webhookSettingsSchema.parse({ url: receiver.origin }), secrets: {}, fields };
    const writer = (order: Partial<WriterOrder>, clock: Clock) =>
      createWebhookWriter(target, orderWith(order), { gate: localGate, clock });
    const keys = () => receiver.requests.map(({ headers }) => headers["idempotency-key"]);
    try {
      await expectStopped(writer(stopped.order, stopped.clock), stopped.batches);
      const before = keys();
      await writeAll(writer({}, playedClock()), batchesOf(100, 20));
      const after = keys().slice(before.length);
      expect(new Set(after).size).toBe(5);
      expect(before.every((key) => after.includes(key))).toBe(true);
    } finally {
      await receiver.close();
    }
  });
});

it.each([0, 3, 5])("stopped while reading batch %i no file is there, nor anything of it [F22 file]", async (batch) => {
  const stopped = stopIn({ during: "reading", batch });
  const root = await makeFolder();
  const settings = filesSettingsSchema.parse({ place: "folder", folder: "", format: "jsonl", nameTemplate: "{run}" });
  const target = { settings, fields, facts: { flow: "Orders", table: "orders", plannedFor: new Date(0) } };
  const order = orderWith(stopped.order);
  const place = () => openFolderPlace({ root: root.path, folder: "", runId: order.runId });
  try {
    await expectStopped(createFileWriter(target, order, place), stopped.batches);
    expect(await filesIn(root.path)).toEqual([]);
  } finally {
    await root.remove();
  }
});
