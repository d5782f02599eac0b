import { randomUUID } from "node:crypto";
import { createEgressGate } from "@headgate/connectors";
import { findRun, listRuns, pauseFlow, requestCancel } from "@headgate/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "./log.ts";
import { takeRun, type Taking } from "./take-run.ts";
import { raiseBarrier } from "./testing/barrier.ts";
import { openScene, untilRun, type Scene } from "./testing/scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const taking = (more: Partial<Taking> = {}): Taking => ({
  store: scene.store,
  gate: createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] }),
  workerId: randomUUID(),
  log: createLog("fatal"),
  stopping: new AbortController().signal,
  ...more,
});
const none = { missing: 0, extra: 0 };

test("a run moves its rows and ends with a receipt that balances", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 1_000 });
  const run = await flow.start();
  await takeRun({ runId: run.id, flowId: flow.id }, taking());
  const ended = await findRun(scene.store.db, run.id);
  expect(ended).toMatchObject({
    status: "succeeded",
    attempt: 1,
    receipt: { read: 1000, created: 1000 },
    failure: null,
  });
  expect(await flow.difference()).toMatchObject(none);
});

test("two workers that get the same job execute it once", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 1_000 });
  const run = await flow.start();
  const job = { runId: run.id, flowId: flow.id };
  await Promise.all([takeRun(job, taking()), takeRun(job, taking()), takeRun(job, taking())]);
  expect(await findRun(scene.store.db, run.id)).toMatchObject({ status: "succeeded", attempt: 1 });
  expect(await flow.difference()).toMatchObject({ ...none, rows: 1000 });
});

test("what a person must change is not tried again", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 1 });
  await scene.destination.query(`drop table ${flow.table}`);
  const run = await flow.start();
  await takeRun({ runId: run.id, flowId: flow.id }, taking());
  expect(await findRun(scene.store.db, run.id)).toMatchObject({
    status: "failed",
    attempt: 1,
    failure: { origin: "destination", kind: "settings", code: "destination_table_missing" },
  });
});

test("temporary trouble is tried five times, then told", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 1 });
  const run = await flow.start();
  const job = { runId: run.id, flowId: flow.id };
  const refusing = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] });
  const gate = {
    ...refusing,
    connect: () => Promise.reject(Object.assign(new Error("closed"), { code: "ECONNREFUSED" })),
  };
  for (let attempt = 1; attempt < 5; attempt += 1) {
    await takeRun(job, taking({ gate, pauses: [0] }));
    expect(await findRun(scene.store.db, run.id)).toMatchObject({
      status: "queued",
      attempt,
      failure: { code: "source_unreachable", kind: "temporary" },
    });
  }
  await takeRun(job, taking({ gate, pauses: [0] }));
  expect(await findRun(scene.store.db, run.id)).toMatchObject({ status: "failed", attempt: 5 });
});

test("a pause between attempts is kept, and the attempt after it may succeed", async () => {
  const flow = await scene.newFlow({ mode: "upsert", rows: 10 });
  const run = await flow.start();
  const job = { runId: run.id, flowId: flow.id };
  const gate = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] });
  const closed = {
    ...gate,
    connect: () => Promise.reject(Object.assign(new Error("closed"), { code: "ECONNREFUSED" })),
  };
  await takeRun(job, taking({ gate: closed, pauses: [60] }));
  await takeRun(job, taking());
  expect(await findRun(scene.store.db, run.id)).toMatchObject({ status: "queued", attempt: 1 });
  await scene.store.db.query("update runs set not_before = now() where id = $1", [run.id]);
  await takeRun(job, taking());
  expect(await findRun(scene.store.db, run.id)).toMatchObject({ status: "succeeded", attempt: 2, failure: null });
});

test("an unreadable secret stops this flow only, and nothing is tried with an empty password [R23]", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 1 });
  const other = await scene.newFlow({ mode: "append", rows: 1 });
  const run = await flow.start();
  const { rows } = await scene.store.db.query<{ id: string }>(
    `insert into connections (name, settings) select 'moved ' || gen_random_uuid(), settings from connections
      where name = $1 returning id`,
    [`to ${scene.source.database}`],
  );
  // A row copied by a thief or a bug: its ciphertext belongs to another connection.
  await scene.store.db.query(
    `insert into secrets (connection_id, field, version, key_id, wrapped_key, ciphertext)
     select $1, field, version, key_id, wrapped_key, ciphertext from secrets limit 1`,
    [rows[0]?.id],
  );
  await scene.store.db.query(
    `update flows set definition = jsonb_set(definition, '{source,connectionId}', to_jsonb($2::text)) where id = $1`,
    [flow.id, rows[0]?.id],
  );
  let opened = 0;
  const gate = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] });
  const counting = {
    ...gate,
    connect: (...args: Parameters<typeof gate.connect>) => ((opened += 1), gate.connect(...args)),
  };
  await takeRun({ runId: run.id, flowId: flow.id }, taking({ gate: counting }));
  expect(await findRun(scene.store.db, run.id)).toMatchObject({
    status: "failed",
    attempt: 1,
    failure: { origin: "source", kind: "settings", code: "secret_unreadable" },
  });
  expect(opened).toBe(0);
  const fine = await other.start();
  await takeRun({ runId: fine.id, flowId: other.id }, taking());
  expect(await findRun(scene.store.db, fine.id)).toMatchObject({ status: "succeeded" });
});

test("our own store is refused even as somebody's source [R42]", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 1 });
  const run = await flow.start();
  const { host, port } = scene.source;
  const gate = createEgressGate({ allow: ["127.0.0.0/8"], loopbackAllowed: true, refuse: [{ host, port }] });
  await takeRun({ runId: run.id, flowId: flow.id }, taking({ gate }));
  expect(await findRun(scene.store.db, run.id)).toMatchObject({
    status: "failed",
    failure: { code: "source_unreachable", kind: "settings" },
  });
});

test("a cancelled run stops in the middle, leaves no row and no session behind", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 5_000 });
  const barrier = await raiseBarrier(scene.destination);
  await barrier.guard(flow.table, "row", 4_000);
  const run = await flow.start();
  const taken = takeRun({ runId: run.id, flowId: flow.id }, taking());
  await barrier.untilWaiting(1);
  await requestCancel(scene.store.db, run.id);
  await taken;
  await barrier.open();
  expect(await findRun(scene.store.db, run.id)).toMatchObject({ status: "cancelled", receipt: null, failure: null });
  expect(await flow.difference()).toMatchObject({ rows: 0 });
  const { rows } = await scene.destination.query(
    "select count(*)::int as sessions from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()",
    [scene.destination.database],
  );
  expect(rows).toEqual([{ sessions: 0 }]);
});

test("pausing lets a run under way finish and starts no other", async () => {
  const flow = await scene.newFlow({
    mode: "append",
    rows: 2_000,
    schedule: { kind: "every", every: 1, unit: "minutes", timeZone: "UTC", missed: "catch_up" },
  });
  const barrier = await raiseBarrier(scene.destination);
  await barrier.guard(flow.table, "row", 1_000);
  const worker = await scene.startWorker();
  await scene.store.db.query("update flows set next_run_at = now() - interval '1 second' where id = $1", [flow.id]);
  await barrier.untilWaiting(1);
  await pauseFlow(scene.store.db, flow.id);
  await barrier.open();
  const [run] = await listRuns(scene.store.db, flow.id, 10);
  await untilRun(scene.store, run?.id ?? "", "succeeded");
  await worker.close();
  expect(await listRuns(scene.store.db, flow.id, 10)).toHaveLength(1);
  expect(await flow.difference()).toMatchObject({ ...none, rows: 2000 });
});
