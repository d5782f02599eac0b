import { createRole } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFaultLane, tag, type Combination, type FaultFlow, type FaultLane } from "../../../testing/fault-lane.ts";
import { flowOf } from "../../../testing/flows.ts";
import { contextWith, targetOf } from "../../../testing/targets.ts";
import { dryRun } from "../dry-run.ts";
import { ownFault } from "../run-failures.ts";
import type { StateKeeper } from "./state-keeper.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

type Row = { seq: string; epoch: string; runId: string | null; receipt: unknown; position: unknown; identity: unknown };

/** A place for the state of one flow; `dieAt` is the number of the save after which nothing is heard of it again. */
function memory() {
  let row: Row = { seq: "0", epoch: "0", runId: null, receipt: null, position: null, identity: null };
  let saves = 0;
  const keeper = (epoch: string, dieAt = 0): StateKeeper => ({
    claim: async () => (Number(epoch) < Number(row.epoch) ? undefined : (row = { ...row, epoch })),
    holds: async (seq) => row.epoch === epoch && row.seq === seq,
    save: async (seq, state) => {
      saves += 1;
      if (saves === dieAt) return Promise.reject(ownFault("platform", { code: "worker_lost", kind: "temporary" }, {}));
      if (row.epoch !== epoch || row.seq !== seq) return false;
      row = { ...row, ...state, seq: String(Number(seq) + 1) };
      return true;
    },
  });
  return { keeper };
}

const died = { failure: { code: "worker_lost" } };

/** Pages of about 100 rows. */
const inPages = contextWith({ lockMs: 20_000, connectMs: 30_000, pageBytes: 8_192 });

const append: Combination = { mode: "append", read: "incremental" };
const upsert: Combination = { mode: "upsert", read: "incremental" };

/** A flow with an empty destination and nothing remembered, whose first run is under test. */
async function fresh(combination: Combination): Promise<FaultFlow> {
  const flow = await lane.flow(combination, { rows: 700 });
  await lane.query(`truncate dst.${flow.table}; alter table src.${flow.table} add primary key (id)`);
  return flow;
}

async function copies(table: string): Promise<{ lost: number; most: number; twice: number }> {
  const [found] = await lane.query<{ lost: number; most: number; twice: number }>(
    `select count(*) filter (where n = 0)::int as lost, max(n)::int as most, count(*) filter (where n > 1)::int as twice
       from (select s.id, count(d.id)::int as n from src.${table} s left join dst.${table} d using (id, body) group by s.id) t`,
  );
  return found ?? { lost: -1, most: -1, twice: -1 };
}

test("a login that may only write to its table fills it, and nothing else is made at the destination", async () => {
  const flow = await fresh(append);
  const role = await createRole(lane.database, {
    grants: ["usage on schema dst", `select, insert on dst.${flow.table}`],
  });
  const destination = targetOf({ ...lane.database, ...role });
  await expect(flow.run({ destination })).rejects.toMatchObject({ failure: { code: "destination_forbidden" } });
  const { keeper } = memory();
  expect((await flow.run({ destination, keeper: keeper("1") })).receipt).toMatchObject({ created: 760 });
  expect((await flow.run({ destination, keeper: keeper("2") })).receipt).toMatchObject({ read: 0 });
  await lane.query(`insert into src.${flow.table} values (3000001, 'later', 1)`);
  expect((await flow.run({ destination, keeper: keeper("3") })).receipt).toMatchObject({ read: 1, created: 1 });
  expect(await copies(flow.table)).toEqual({ lost: 0, most: 1, twice: 0 });
});

test("a dry run asks for no right to keep anything there", async () => {
  const flow = await fresh(append);
  const grants = ["usage on schema dst", `select, insert on dst.${flow.table}`];
  const role = await createRole(lane.database, { grants });
  const parts = { from: { schema: "src", name: flow.table }, to: { schema: "dst", name: flow.table } };
  const plan = flowOf({ ...parts, columns: ["id", "body", "n"], writeMode: "append" });
  const [source, destination] = [targetOf(lane.database), targetOf({ ...lane.database, ...role })];
  expect(await dryRun(plan, source, destination, contextWith())).toMatchObject({
    failure: { code: "state_forbidden" },
  });
  const outside = { ...plan, keepsState: "headgate" as const };
  expect(await dryRun(outside, source, destination, contextWith())).toMatchObject({
    status: "succeeded",
    created: 760,
  });
});

test("append: a crash after COMMIT and before the note adds one batch twice, and loses none [V27]", async () => {
  const flow = await fresh(append);
  const { keeper } = memory();
  const runId = "11111111-2222-4333-8444-555555555555";
  await expect(flow.run({ runId, context: inPages, keeper: keeper("1", 2) })).rejects.toMatchObject(died);
  const [written] = await lane.query<{ n: number }>(`select count(*)::int as n from dst.${flow.table}`);
  expect(written?.n).toBeGreaterThan(100);
  await flow.run({ runId, context: inPages, keeper: keeper("2") });
  const { lost, most, twice } = await copies(flow.table);
  expect({ lost, most }).toEqual({ lost: 0, most: 2 });
  expect(twice).toBeGreaterThan(0);
  expect(twice).toBeLessThan(300);
});

test("upsert: the same crash ends in the same rows", async () => {
  const flow = await fresh(upsert);
  const { keeper } = memory();
  const runId = "11111111-2222-4333-8444-555555555556";
  await expect(flow.run({ runId, context: inPages, keeper: keeper("1", 2) })).rejects.toMatchObject(died);
  await flow.run({ runId, context: inPages, keeper: keeper("2") });
  expect(await copies(flow.table)).toEqual({ lost: 0, most: 1, twice: 0 });
});

test("a COMMIT that is answered into nothing is found out from the transaction itself, and not done again [V30]", async () => {
  const flow = await fresh(append);
  const fault = lane.destination.arm({ at: tag("COMMIT"), nth: 2, action: "cut" });
  const { receipt } = await flow.run({ keeper: memory().keeper("1") });
  expect(fault.struck()).toBe(true);
  expect(receipt).toMatchObject({ created: 760 });
  expect(await copies(flow.table)).toEqual({ lost: 0, most: 1, twice: 0 });
});

test("an attempt that was overtaken writes nothing, although the destination knows of neither", async () => {
  const flow = await fresh(append);
  const { keeper } = memory();
  await flow.run({ keeper: keeper("5") });
  await lane.query(`insert into src.${flow.table} values (3000002, 'late', 1)`);
  const late = { failure: { code: "another_run_took_over" } };
  await expect(flow.run({ keeper: keeper("4") })).rejects.toMatchObject(late);
  const overtaken = keeper("6");
  const claim = async (): Promise<unknown> => {
    const state = await overtaken.claim();
    await keeper("7").claim();
    return state;
  };
  await expect(flow.run({ keeper: { ...overtaken, claim } })).rejects.toMatchObject(late);
  expect(await lane.query(`select from dst.${flow.table} where id = 3000002`)).toEqual([]);
});
