import type { PassingMessage } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { batches, heldRuns, openWorkerLane, type WorkerLane } from "../testing/worker-lane.ts";

let lane: WorkerLane;

beforeAll(async () => {
  lane = await openWorkerLane();
});
afterAll(() => lane.close());

// The first COMMIT of a run is that of its claim, the second that of its rows.
const committed = ({ from, letter, text }: PassingMessage): boolean =>
  from === "server" && letter === "C" && text === "COMMIT";

describe.each(batches)("runs of $names", ({ those }) => {
  const ids = those.map(({ mode }) => `[F1 ${mode}]`).join(" ");

  it(`whose worker is killed with -9 before it hears of their COMMIT: they are there once ${ids}`, async () => {
    const { worker, runs } = await heldRuns(lane, those, committed, 2);
    expect(await worker.kill("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
    await lane.endLeases(runs);
    for (const { flow, halt, ...run } of runs) {
      halt.letGo();
      await flow.expectHolds("after", run, { status: "running", attempt: 1 }, [worker]);
      await lane.take(flow, run);
      await flow.expectHolds("after", run, { status: "succeeded", attempt: 2 });
      await flow.expectConverges();
    }
  });
});
