import type { RejectedRow, RunNote, ValueRule, WriteMode } from "@headgate/contract";
import { createDatabase, type TestDatabase } from "@headgate/testkit";
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, test } from "vitest";
import { flowOf } from "../../../testing/flows.ts";
import { contextWith, targetOf } from "../../../testing/targets.ts";
import { dryRun } from "../dry-run.ts";
import { moveRows } from "../move-rows.ts";

const table = { schema: "public", name: "orders" };
const columns = ["id", "state", "total", "due"];

let source: TestDatabase;
let destination: TestDatabase;

beforeEach(async () => {
  [source, destination] = await Promise.all([createDatabase(), createDatabase()]);
  const create = "create table orders (id int primary key, state text, total numeric, due date)";
  for (const side of [source, destination]) await side.query(create);
  await source.query("insert into orders select i, 'open', i, '2026-01-01'::date + i from generate_series(1, 900) i");
  await source.query(`update orders set state = null where id = 1; update orders set state = 'O''Brien\\' where id = 2;
    update orders set total = -5 where id in (2, 3); update orders set due = '1999-12-31' where id = 4`);
});

type Rules = Readonly<Record<string, ValueRule[]>>;

async function run(writeMode: WriteMode, rules: Rules, pageBytes = 16_777_216) {
  const rejected: RejectedRow[] = [];
  const notes: RunNote[] = [];
  const syncKey = writeMode === "append" || writeMode === "replace" ? [] : ["id"];
  const definition = flowOf({ from: table, to: table, columns, writeMode, syncKey, rules });
  const { receipt } = await moveRows({
    flowId: randomUUID(),
    runId: randomUUID(),
    epoch: "1",
    definition,
    source: targetOf(source),
    destination: targetOf(destination),
    ctx: contextWith({ pageBytes }),
    onRejected: async (found) => void rejected.splice(0, rejected.length, ...found),
    onNotes: async (found) => void notes.splice(0, notes.length, ...found),
    onProgress: () => {},
  });
  return { receipt, rejected, notes };
}

async function count(where = "true"): Promise<number> {
  const { rows } = await destination.query<{ n: number }>(`select count(*)::int as n from orders where ${where}`);
  return rows[0]?.n ?? -1;
}

const aside: Rules = {
  state: [
    { kind: "not_null", effect: "set_aside" },
    { kind: "pattern", pattern: "^[a-z]+$", effect: "set_aside" },
  ],
  total: [{ kind: "range", least: "0", effect: "set_aside" }],
  due: [{ kind: "range", least: "2000-01-01", most: "2100-01-01", effect: "set_aside" }],
};

describe.each(["append", "upsert", "insert_missing"] as const)("%s", (mode) => {
  it("leaves rows behind that break a rule, each listed with the rule, and the receipt balances", async () => {
    const { receipt, rejected } = await run(mode, aside);
    expect(receipt).toMatchObject({ read: 900, created: 896, invalid: 4, rejected: 0 });
    expect(await count()).toBe(896);
    const told = rejected.map(({ column, constraint, code }) => `${column}: ${constraint}: ${code}`).toSorted();
    expect(told).toEqual([
      "due: at least 2000-01-01 and at most 2100-01-01: rule_broken",
      "state: like ^[a-z]+$: rule_broken",
      "state: not empty: rule_broken",
      "total: at least 0: rule_broken",
    ]);
    expect(rejected.every(({ key }) => /^\([1-4][,)]/.test(key))).toBe(true);
  });
});

test("over many pages every row that breaks a rule is counted and listed once", async () => {
  const { receipt, rejected } = await run("upsert", aside, 8_192);
  expect(receipt).toMatchObject({ read: 900, created: 896, invalid: 4 });
  expect(rejected.map(({ key }) => key).toSorted()).toEqual(["(1)", "(2)", "(3)", "(4)"]);
});

test("a list of allowed values knows quotes and backslashes, and an empty value does not break it", async () => {
  const rule: ValueRule = { kind: "allowed", values: ["open", "O'Brien\\"], effect: "set_aside" };
  expect((await run("append", { state: [rule] })).receipt).toMatchObject({ created: 900, invalid: 0 });
});

test.each(["upsert", "mirror", "replace"] as const)(
  "a rule that stops keeps %s from writing anything",
  async (mode) => {
    const rules: Rules = { total: [{ kind: "range", least: "0", effect: "stop" }] };
    const facts = { column: "total", constraint: "at least 0", rows: "2" };
    await expect(run(mode, rules, 8_192)).rejects.toMatchObject({
      failure: { origin: "source", code: "rule_broken", retryable: false, facts },
    });
    expect(await count()).toBe(0);
  },
);

test("a mirror never leaves a row behind, which would count as deleted: the rule stops it", async () => {
  await expect(run("mirror", aside)).rejects.toMatchObject({ failure: { code: "rule_broken" } });
});

test.each(["append", "upsert", "mirror"] as const)(
  "a rule that only warns counts, and %s takes every row",
  async (mode) => {
    const rules: Rules = { total: [{ kind: "range", least: "0", effect: "warn" }] };
    const { receipt, notes, rejected } = await run(mode, rules, 8_192);
    expect(receipt).toMatchObject({ read: 900, created: 900, invalid: 0 });
    expect(notes).toEqual([{ code: "rule_broken", side: "source", columns: ["total"], rows: 2 }]);
    expect(rejected).toEqual([]);
  },
);

test("a dry run foretells how many rows stay behind", async () => {
  const plan = flowOf({ from: table, to: table, columns, writeMode: "upsert", syncKey: ["id"], rules: aside });
  const foretold = await dryRun(plan, targetOf(source), targetOf(destination), contextWith());
  expect(foretold).toMatchObject({ status: "succeeded", read: 900, created: 896, invalid: 4 });
});
