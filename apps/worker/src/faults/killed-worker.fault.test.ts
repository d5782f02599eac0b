import { findRun } from "@headgate/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flowsAtOnce, haltAt, isStep, modes, openWorkerLane, type WorkerLane } from "../testing/worker-lane.ts";

let lane: WorkerLane;

beforeAll(async () => {
  lane = await openWorkerLane();
});
afterAll(() => lane.close());

describe.each(modes)("$mode ($read)", (of) => {
  it(`by a worker killed with -9 at each step in turn: the next attempt completes it, once [F1 ${of.mode}]`, async () => {
    let steps = 0;
    for (let first = 1; ; first += flowsAtOnce) {
      const numbers = Array.from({ length: flowsAtOnce }, (_, index) => first + index);
      const flows = await Promise.all(
        numbers.map(async (nth) => {
          const flow = await lane.flow(of);
          return { flow, halt: haltAt(lane, flow.destination, isStep, nth) };
        }),
      );
      const worker = await lane.startWorker();
      const runs = await Promise.all(
        flows.map(async ({ flow, halt }) => {
          const run = await flow.start();
          return { id: run.id, flow, halt: halt.of(run) };
        }),
      );
      const reached = await Promise.all(runs.map(({ halt }) => halt.reached()));
      expect(await worker.kill("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
      await lane.endLeases(runs);
      for (const { flow, halt, ...run } of runs) {
        halt.letGo();
        // What a session says as it ends may come after the end of the run was told.
        const died = (await findRun(lane.store.db, run.id))?.status === "running";
        if (died) await lane.take(flow, run);
        await flow.expectHolds("after", run, { status: "succeeded", attempt: died ? 2 : 1 }, [worker]);
        await flow.expectConverges();
        steps += died ? 1 : 0;
      }
      if (!reached.every(Boolean)) break;
    }
    expect(steps).toBeGreaterThan(10);
  });
});
