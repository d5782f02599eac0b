import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createStore, type TestStore } from "@headgate/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { enqueueRun } from "./runs/enqueue.ts";
import { claimRun, finishRun, type ClaimedRun } from "./runs/lease.ts";
import { openStore, type Store } from "./store.ts";
import { makeFlow } from "./testing/make-flow.ts";

let store: TestStore;
let rescuer: Store;
beforeAll(async () => {
  store = await createStore();
  rescuer = await openStore({
    databaseUrl: store.database.url,
    masterKey: store.masterKey,
    queue: { heartbeatSeconds: 10 },
  });
});
afterAll(async () => {
  await rescuer.close();
  await store.close();
});

test("the run of a worker that was killed is taken up by another within half a minute, with a higher epoch [V37]", async () => {
  const run = await enqueueRun(rescuer, await makeFlow(store), "manual");
  if (run === "active") throw new Error("active");
  const script = path.join(import.meta.dirname, "testing", "stuck-worker.ts");
  const stuck = spawn(process.execPath, [script, store.database.url, store.masterKey.toString("base64"), "5"]);
  onTestFinished(() => void stuck.kill("SIGKILL"));
  const [said] = (await once(stuck.stdout, "data")) as [Buffer];
  expect(said.toString()).toBe("claimed\n");
  const lost = await store.db.query("select epoch::text from runs where id = $1", [run.id]);

  stuck.kill("SIGKILL");
  await once(stuck, "exit");
  const taken = Promise.withResolvers<ClaimedRun>();
  await rescuer.queue.work(async ({ runId }) => {
    const claimed = await claimRun(rescuer.db, runId, { id: "rescuer", leaseSeconds: 5 });
    if (claimed) taken.resolve(claimed);
  });
  const claimed = await taken.promise;
  expect(claimed).toMatchObject({ runId: run.id, attempt: 2 });
  expect(BigInt(claimed.epoch)).toBeGreaterThan(BigInt(lost.rows[0].epoch as string));
  expect(await finishRun(rescuer.db, claimed, { status: "cancelled" })).toBe(true);
});
