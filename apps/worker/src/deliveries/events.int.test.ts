import { confirmRun, inTransaction, readRejectedRows, requestCancel } from "@headgate/store";
import { startEventReceiver, type EventReceiver, type EventReceiverOptions } from "@headgate/testkit";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { canary, eventFlow, eventsAt } from "../testing/receivers.ts";
import { openScene, untilRun, type Scene, type SceneFlow } from "../testing/scene.ts";
import { startWorkerProcess } from "../testing/worker-process.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

async function receiver(options: EventReceiverOptions = {}): Promise<EventReceiver> {
  const started = await startEventReceiver({ writeKey: canary, ...options });
  closing.push(started);
  return started;
}

async function work(pauses: readonly number[] = [0, 0, 0]): Promise<{ close(): Promise<void> }> {
  const worker = await scene.startWorker({ pauses });
  closing.unshift(worker);
  return worker;
}

/** The source's rows and, event by event, the last that the receiver was told of each. */
async function expectSame({ table }: SceneFlow, { events }: EventReceiver): Promise<void> {
  const { rows } = await scene.source.query<{ id: string; label: string; weight: string }>(
    `select id::text, label, weight::float8 as weight from ${table}`,
  );
  const told = new Map<string, unknown>();
  for (const event of events.values()) {
    const { traits } = event["context"] as { traits: { label: string; weight: number } };
    told.set(String(event["userId"]), [traits.label, traits.weight.toFixed(6)]);
  }
  expect(told).toEqual(new Map(rows.map(({ id, label, weight }) => [id, [label, Number(weight).toFixed(6)]])));
}

test("every version of a row arrives once: all at first, then what changed, then nothing", async () => {
  const api = await receiver();
  const flow = await scene.newFlow(eventFlow(await eventsAt(scene.store, api.origin), 300));
  await scene.source.query(`alter table ${flow.table} add primary key (id)`);
  await work();
  const first = await untilRun(scene.store, (await flow.start()).id, "succeeded", "failed");
  expect(first.receipt).toMatchObject({ read: 300, created: 300, rejected: 0 });
  await expectSame(flow, api);

  await scene.source.query(`update ${flow.table} set label = 'changed' where id <= 7`);
  const second = await untilRun(scene.store, (await flow.start()).id, "succeeded", "failed");
  expect(second.receipt).toMatchObject({ read: 7, created: 7 });
  await expectSame(flow, api);

  const third = await untilRun(scene.store, (await flow.start()).id, "succeeded", "failed");
  expect(third.receipt).toMatchObject({ read: 0, created: 0 });
  expect(api.taken()).toBe(307);
});

test("a table that was rewritten is not sent once more before a person has typed its number [V22]", async () => {
  const api = await receiver();
  const flow = await scene.newFlow(eventFlow(await eventsAt(scene.store, api.origin), 10_001));
  await scene.source.query(`alter table ${flow.table} add primary key (id)`);
  await work();
  const runOnce = async () =>
    untilRun(scene.store, (await flow.start()).id, "succeeded", "failed", "needs_confirmation");
  for (const read of [10_001, 0, 0]) expect(await runOnce()).toMatchObject({ receipt: { read } });
  await scene.source.query(`alter table ${flow.table} add rewritten float8 default random()`);
  const asking = await runOnce();
  expect(asking.hold).toMatchObject({ reason: "unusual_count", created: 10_001, usual: 0, confirmWith: "10001" });
  expect(api.taken()).toBe(10_001);

  const allowed = await inTransaction(scene.store.db, (db) =>
    confirmRun({ db, queue: scene.store.queue }, asking.id, { number: "10001" }),
  );
  if (typeof allowed === "string") throw new Error(allowed);
  const sent = await untilRun(scene.store, allowed.id, "succeeded", "failed", "needs_confirmation");
  expect(sent.receipt).toMatchObject({ read: 10_001, created: 10_001 });
  expect(api.taken()).toBe(20_002);
});

test("a worker killed after the receiver took a batch: only what nobody acknowledged is sent again, with the same ids [F1 events]", async () => {
  let kill: () => Promise<unknown> = () => Promise.resolve();
  const api = await receiver({
    script: async (_request, number) => {
      if (number !== 2) return undefined;
      await kill();
      return { after: "cut" };
    },
  });
  const flow = await scene.newFlow(eventFlow(await eventsAt(scene.store, api.origin), 4_000));
  await scene.source.query(`alter table ${flow.table} add primary key (id)`);
  const worker = await startWorkerProcess(scene);
  kill = () => worker.kill("SIGKILL");
  const run = await flow.start();
  await vi.waitFor(() => expect(api.requests.length).toBeGreaterThan(2), { timeout: 60_000, interval: 20 });
  await kill();
  // Its lease would end by itself in 15 seconds.
  await scene.store.db.query("update runs set lease_expires_at = now() - interval '1 second' where id = $1", [run.id]);
  // Rows that change meanwhile have another version, which the next run sends.
  await scene.source.query(`update ${flow.table} set label = 'later' where id in (5, 3999)`);
  await work();
  const ended = await untilRun(scene.store, run.id, "succeeded", "failed");
  expect(ended).toMatchObject({ status: "succeeded", attempt: 2 });
  const again = await untilRun(scene.store, (await flow.start()).id, "succeeded", "failed");
  expect(again.receipt).toMatchObject({ read: 2 });
  await expectSame(flow, api);
  // Two batches were acknowledged; the third had arrived and came once more.
  expect(api.taken()).toBeLessThanOrEqual(4_002 + 1_000);
});

test("answers that are lost and receivers that are busy change nothing in the end [F2 events] [F9 events]", async () => {
  const api = await receiver({
    script: (_request, number) => {
      if (number === 1) return { after: "cut" };
      return number === 3 ? { status: 429, headers: { "retry-after": "1" } } : undefined;
    },
  });
  const flow = await scene.newFlow(eventFlow(await eventsAt(scene.store, api.origin), 3_000));
  await scene.source.query(`alter table ${flow.table} add primary key (id)`);
  await work();
  const ended = await untilRun(scene.store, (await flow.start()).id, "succeeded", "failed");
  expect(ended).toMatchObject({ status: "succeeded", attempt: 1, receipt: { read: 3_000, created: 3_000 } });
  await expectSame(flow, api);
  expect(api.taken()).toBeGreaterThan(api.events.size);
});

test("a source that breaks off in the middle: the next attempt goes on behind what was acknowledged [F3 events]", async () => {
  let cut = false;
  const api = await receiver({
    script: async (_request, number) => {
      if (number !== 1) return undefined;
      cut = true;
      await scene.source.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query like 'copy %' and pid <> pg_backend_pid()",
      );
      return undefined;
    },
  });
  const flow = await scene.newFlow(eventFlow(await eventsAt(scene.store, api.origin), 60_000));
  await scene.source.query(`alter table ${flow.table} add primary key (id)`);
  await work();
  const ended = await untilRun(scene.store, (await flow.start()).id, "succeeded", "failed");
  expect(cut).toBe(true);
  expect(ended).toMatchObject({ status: "succeeded", attempt: 2, receipt: { read: 60_000, created: 60_000 } });
  await expectSame(flow, api);
});

test("nothing is sent that is not written down before [F8 events]", async () => {
  const api = await receiver();
  const flow = await scene.newFlow(eventFlow(await eventsAt(scene.store, api.origin), 10));
  await scene.store.db.query(
    `create function no_plan() returns trigger language plpgsql as $$ begin raise exception 'the store is away'; end $$;
     create trigger no_plan before insert on delivery_batches for each row execute function no_plan()`,
  );
  try {
    await work();
    const ended = await untilRun(scene.store, (await flow.start()).id, "failed");
    expect(ended.failure).toMatchObject({ origin: "platform" });
    expect(api.requests).toEqual([]);
  } finally {
    await scene.store.db.query("drop function no_plan cascade");
  }
});

test("a refused row is set aside with its key while the others go on, and a wrong key ends the run [F22 events]", async () => {
  const api = await receiver({ refuses: (event) => event["userId"] === "17" });
  const to = await eventsAt(scene.store, api.origin);
  const flow = await scene.newFlow(eventFlow(to, 50, { badRows: "set_aside" }));
  await work();
  const ended = await untilRun(scene.store, (await flow.start()).id, "succeeded", "failed");
  expect(ended.receipt).toMatchObject({ read: 50, created: 49, rejected: 1 });
  const [row] = await readRejectedRows(scene.store, ended.id);
  expect(row).toMatchObject({ key: '["17"]', code: "row_refused", column: null });
  expect(row?.sentence).toContain("HTTP 400");

  const strict = await receiver({ writeKey: "another" });
  const refused = await scene.newFlow(eventFlow(await eventsAt(scene.store, strict.origin), 5));
  const failed = await untilRun(scene.store, (await refused.start()).id, "failed");
  expect(failed.failure).toMatchObject({ origin: "destination", code: "receiver_refused_login", kind: "settings" });
  const { rows } = await scene.store.db.query("select to_jsonb(runs)::text as run from runs");
  expect(JSON.stringify(rows)).not.toContain(canary);
});

test("a run that a person stops says what was sent by then, and the next run sends the rest", async () => {
  let held = false;
  const api = await receiver({
    script: (_request, number) => {
      if (number !== 1) return undefined;
      held = true;
      return "hold";
    },
  });
  const flow = await scene.newFlow(eventFlow(await eventsAt(scene.store, api.origin), 3_000));
  await scene.source.query(`alter table ${flow.table} add primary key (id)`);
  await work();
  const run = await flow.start();
  await vi.waitFor(() => expect(held).toBe(true), { timeout: 60_000, interval: 20 });
  await requestCancel(scene.store.db, run.id);
  const stopped = await untilRun(scene.store, run.id, "cancelled");
  expect(stopped.receipt).toMatchObject({ read: 1_000, created: 1_000 });
  const next = await untilRun(scene.store, (await flow.start()).id, "succeeded", "failed");
  expect(next.receipt).toMatchObject({ read: 3_000, created: 3_000 });
  await expectSame(flow, api);
  expect(api.events.size).toBe(3_000);
});
