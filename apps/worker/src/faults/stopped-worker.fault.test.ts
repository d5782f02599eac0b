import { requestCancel } from "@headgate/store";
import type { PassingMessage } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { untilRun } from "../testing/scene.ts";
import { batches, haltAt, heldRuns, isRows, modes, openWorkerLane, type WorkerLane } from "../testing/worker-lane.ts";

let lane: WorkerLane;

beforeAll(async () => {
  lane = await openWorkerLane();
});
afterAll(() => lane.close());

const ids = (fault: string, those: typeof modes): string => those.map(({ mode }) => `[${fault} ${mode}]`).join(" ");

describe.each(batches)("runs of $names", ({ those }) => {
  it(`of a worker that is frozen past its lease: another one completes them, and the first, awake, writes nothing ${ids("F9", those)}`, async () => {
    const { worker, runs } = await heldRuns(lane, those);
    process.kill(worker.pid, "SIGSTOP");
    await lane.endLeases(runs);
    for (const { flow, ...run } of runs) {
      await lane.take(flow, run);
      await flow.expectHolds("after", run, { status: "succeeded", attempt: 2 });
    }
    process.kill(worker.pid, "SIGCONT");
    for (const { halt } of runs) halt?.letGo();
    expect(await worker.kill("SIGTERM")).toEqual({ code: 0, signal: null });
    for (const { flow, ...run } of runs) {
      await flow.expectHolds("after", run, { status: "succeeded", attempt: 2 }, [worker]);
      await flow.expectConverges();
    }
  });

  it(`of a worker that is told to end: it completes them first, and exits with 0 ${ids("F22", those)}`, async () => {
    const { worker, runs } = await heldRuns(lane, those);
    const gone = worker.kill("SIGTERM");
    await vi.waitFor(() => expect(worker.output()).toContain("worker stops"), { timeout: 60_000, interval: 20 });
    for (const { halt } of runs) halt?.letGo();
    expect(await gone).toEqual({ code: 0, signal: null });
    for (const { flow, ...run } of runs) {
      await flow.expectHolds("after", run, { status: "succeeded", attempt: 1 }, [worker]);
      await flow.expectConverges();
    }
  });
});

const command = (text: string) => (message: PassingMessage) =>
  message.from === "server" && message.letter === "C" && message.text.startsWith(text);

/** The points of a run between which it is told apart. */
const phases = [
  { phase: "claims its flow", side: "destination", at: command("INSERT") },
  { phase: "looks at the source", side: "source", at: command("LOCK") },
  { phase: "has rows in its hands", side: "destination", at: isRows },
  { phase: "has sent all rows", side: "destination", at: command("COPY") },
  { phase: "writes down what it did", side: "destination", at: command("UPDATE") },
] as const;

describe.each(modes)("$mode", (of) => {
  it(`that a person cancels in any phase changes nothing, and the next run does it all [F22 ${of.mode}]`, async () => {
    const worker = await lane.startWorker();
    for (const { phase, side, at } of phases) {
      const flow = await lane.flow(of);
      const halted = haltAt(lane, flow[side], at);
      const run = await flow.start();
      const halt = halted.of(run);
      expect({ phase, reached: await halt.reached() }).toEqual({ phase, reached: true });
      await requestCancel(lane.store.db, run.id);
      await untilRun(lane.store, run.id, "cancelled");
      halt.letGo();
      await flow.expectHolds("before", run, { status: "cancelled", attempt: 1, receipt: null }, [worker]);
      await flow.expectConverges();
    }
    expect(await worker.kill("SIGTERM")).toEqual({ code: 0, signal: null });
  });
});
