import { randomUUID } from "node:crypto";
import type { Schedule } from "@headgate/contract";
import { emptyReceipt } from "@headgate/core";
import { createStore, type TestStore } from "@headgate/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { claimRun, finishRun } from "../runs/lease.ts";
import { listRuns } from "../runs/run-rows.ts";
import { makeConnection, makeFlow } from "../testing/make-flow.ts";
import { deleteFlow, findFlow, listFlows, pauseFlow, resumeFlow } from "./flows.ts";
import { tickDueFlows } from "./tick.ts";

let store: TestStore;
beforeAll(async () => {
  store = await createStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.query("delete from flows");
});

const published = new Date("2026-11-21T08:00:00Z");
const every15 = { kind: "every", every: 15, unit: "minutes", timeZone: "UTC", missed: "catch_up" } satisfies Schedule;

function at(time: string): Date {
  return new Date(`2026-11-21T${time}Z`);
}

async function slots(flowId: string): Promise<string[]> {
  return (await listRuns(store.db, flowId, 100)).map((run) => run.scheduledFor).toReversed();
}

async function next(flowId: string): Promise<string | null | undefined> {
  return (await findFlow(store.db, flowId))?.nextRunAt;
}

/** Executes whatever waits, as a worker would. */
async function workOff(flowId: string): Promise<void> {
  for (const { id, status } of await listRuns(store.db, flowId, 100)) {
    if (status !== "queued") continue;
    const claimed = await claimRun(store.db, id, { id: "w" });
    if (claimed) await finishRun(store.db, claimed, { status: "succeeded", receipt: emptyReceipt });
  }
}

test("a slot becomes one run with its job, and the next slot is planned", async () => {
  const id = await makeFlow(store, every15, published);
  expect(await next(id)).toBe("2026-11-21T08:15:00.000Z");
  expect(await tickDueFlows(store, { now: at("08:14:59") })).toBe(0);
  expect(await tickDueFlows(store, { now: at("08:15:00") })).toBe(1);
  expect(await slots(id)).toEqual(["2026-11-21T08:15:00.000Z"]);
  expect(await next(id)).toBe("2026-11-21T08:30:00.000Z");
  const { rows } = await store.db.query("select data, singleton_key from pgboss.job where singleton_key = $1", [id]);
  const [run] = await listRuns(store.db, id, 1);
  expect(rows).toEqual([{ data: { runId: run?.id, flowId: id }, singleton_key: id }]);
});

test("many processes ticking at once make one run per slot [F21]", async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => makeFlow(store, every15, published)));
  const made = await Promise.all(Array.from({ length: 6 }, () => tickDueFlows(store, { now: at("08:15:01") })));
  expect(made.reduce((sum, n) => sum + n, 0)).toBe(20);
  for (const id of ids) expect(await slots(id)).toHaveLength(1);
});

test("slots missed while nothing ran are caught up once [F21]", async () => {
  const id = await makeFlow(store, every15, published);
  expect(await tickDueFlows(store, { now: at("11:20:00") })).toBe(1);
  expect(await slots(id)).toEqual(["2026-11-21T08:15:00.000Z"]);
  expect(await next(id)).toBe("2026-11-21T11:30:00.000Z");
});

test("a schedule that skips leaves late slots out", async () => {
  const id = await makeFlow(store, { ...every15, missed: "skip" }, published);
  expect(await tickDueFlows(store, { now: at("11:20:00") })).toBe(0);
  expect(await next(id)).toBe("2026-11-21T11:30:00.000Z");
  expect(await tickDueFlows(store, { now: at("11:30:02") })).toBe(1);
});

test("a run that takes longer than its interval is followed by one, not by a queue of them", async () => {
  const id = await makeFlow(store, every15, published);
  await tickDueFlows(store, { now: at("08:15:00") });
  for (const time of ["08:30:00", "08:45:00", "09:00:00"]) expect(await tickDueFlows(store, { now: at(time) })).toBe(0);
  await workOff(id);
  expect(await tickDueFlows(store, { now: at("09:01:00") })).toBe(1);
  await workOff(id);
  expect(await tickDueFlows(store, { now: at("09:02:00") })).toBe(0);
  expect(await slots(id)).toEqual(["2026-11-21T08:15:00.000Z", "2026-11-21T08:30:00.000Z"]);
  expect(await next(id)).toBe("2026-11-21T09:15:00.000Z");
});

test("a flow by hand never becomes due", async () => {
  const id = await makeFlow(store, { kind: "manual" }, published);
  expect(await next(id)).toBeNull();
  expect(await tickDueFlows(store, { now: new Date("2099-01-01") })).toBe(0);
});

test("a paused flow is left alone; resumed, it makes good for its pause once when it catches up", async () => {
  const id = await makeFlow(store, every15, published);
  await pauseFlow(store.db, id);
  await store.db.query("update flows set paused_at = $2 where id = $1", [id, at("08:05:00")]);
  expect(await findFlow(store.db, id)).toMatchObject({ status: "paused", nextRunAt: null });
  expect(await tickDueFlows(store, { now: at("09:00:00") })).toBe(0);
  await resumeFlow(store.db, id, at("09:05:00"));
  expect(await tickDueFlows(store, { now: at("09:05:01") })).toBe(1);
  expect(await next(id)).toBe("2026-11-21T09:15:00.000Z");
});

test("a resumed flow that skips waits for its next slot; pausing twice keeps the first moment", async () => {
  const id = await makeFlow(store, { ...every15, missed: "skip" }, published);
  await pauseFlow(store.db, id);
  await store.db.query("update flows set paused_at = $2 where id = $1", [id, at("08:05:00")]);
  await pauseFlow(store.db, id);
  await resumeFlow(store.db, id, at("09:05:00"));
  expect(await next(id)).toBe("2026-11-21T09:15:00.000Z");
  expect(await resumeFlow(store.db, id)).toBe(true);
  expect(await resumeFlow(store.db, randomUUID())).toBe(false);
});

test("a flow whose schedule cannot be computed stops nobody else and is reported", async () => {
  const broken = await makeFlow(store, every15, published);
  const whole = await makeFlow(store, every15, published);
  await store.db.query(`update flows set definition = jsonb_set(definition, '{schedule}', $2) where id = $1`, [
    broken,
    JSON.stringify({ kind: "cron", expression: "not cron", timeZone: "UTC", missed: "skip" }),
  ]);
  const faults: string[] = [];
  const made = await tickDueFlows(store, { now: at("08:15:00"), onFault: (flowId) => faults.push(flowId) });
  expect({ made, faults }).toEqual({ made: 1, faults: [broken] });
  expect(await slots(whole)).toHaveLength(1);
  expect(await next(broken)).toBe("2026-11-21T09:15:00.000Z");
});

test("two and a half thousand flows due in one minute are turned into runs, none twice", async () => {
  const connection = await makeConnection(store);
  const table = { connectionId: connection, table: { schema: "public", name: "orders" } };
  const fields = [{ source: "id", destination: "id" }];
  const definition = { source: table, destination: table, writeMode: "append", syncKey: [], fields, schedule: every15 };
  await store.db.query(
    `insert into flows (id, name, definition, next_run_at)
     select gen_random_uuid(), 'Flow ' || n, $1, '2026-11-21T08:15:00Z' from generate_series(1, 2500) n`,
    [definition],
  );
  expect(await tickDueFlows(store, { now: at("08:15:00") })).toBe(2500);
  expect(await tickDueFlows(store, { now: at("08:15:01") })).toBe(0);
});

test("the list of flows brings the last ended run and the open one along, those that need attention first", async () => {
  const [quiet, failing] = [await makeFlow(store, every15, published), await makeFlow(store, every15, published)];
  await tickDueFlows(store, { now: at("08:15:00") });
  const [run] = await listRuns(store.db, failing, 1);
  const claimed = await claimRun(store.db, run?.id ?? "", { id: "w" });
  if (!claimed) throw new Error("not claimed");
  const failure = {
    origin: "source",
    kind: "settings",
    code: "source_forbidden",
    facts: {},
    detail: "",
    retryable: false,
  } as const;
  await finishRun(store.db, claimed, { status: "failed", failure });
  await workOff(quiet);
  await tickDueFlows(store, { now: at("08:30:00") });

  const flows = await listFlows(store.db);
  expect(flows.map(({ id, status }) => ({ id, status }))).toEqual([
    { id: failing, status: "needs_attention" },
    { id: quiet, status: "waiting" },
  ]);
  expect(flows[0]).toMatchObject({ lastRun: { status: "failed", failure }, activeRun: { status: "queued" } });
  expect(flows[1]).toMatchObject({ lastRun: { status: "succeeded", receipt: emptyReceipt } });
  expect(await deleteFlow(store.db, failing)).toBe("deleted");
  expect(await deleteFlow(store.db, failing)).toBe("not_found");
});
