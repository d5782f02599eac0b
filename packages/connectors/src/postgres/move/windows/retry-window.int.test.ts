import { randomUUID } from "node:crypto";
import type { RejectedRow, RunNote } from "@headgate/contract";
import { createDatabase, startPostgres, type TestDatabase, type TestServer } from "@headgate/testkit";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { flowFrom, runnerOf, type FlowParts, type RunChange } from "../../../testing/flows.ts";
import { targetOf } from "../../../testing/targets.ts";
import type { Relation } from "@headgate/core";

// A server of our own: a transaction that others have open in any of its databases keeps rows from being settled.
let server: TestServer;
let source: TestDatabase;
let destination: TestDatabase;

beforeAll(async () => {
  server = await startPostgres({ settings: { autovacuum: "off" } });
});
afterAll(() => server.stop());

const names = ["O'Brien", 'say "hi", (now) \\ ', "a\tb\nc", "", "x".repeat(900)];
const table = { schema: "public", name: "people" };

beforeEach(async () => {
  source = await createDatabase({ server });
  destination = await createDatabase({ server });
  await source.query("create table people (shop char(3), name text, points int, primary key (shop, name))");
  await source.query("insert into people select 'ab', n, -1 from unnest($1::text[]) n", [names]);
  await source.query("insert into people select 'ab', 'good ' || i, i from generate_series(1, 300) i");
  await destination.query(
    "create table people (shop char(3), name text, points int check (points > 0), primary key (shop, name))",
  );
});

function flow(parts: Partial<FlowParts> = {}, relation: Relation = { table }) {
  const definition = flowFrom(relation, {
    to: table,
    columns: ["shop", "name", "points"],
    writeMode: "upsert",
    syncKey: ["shop", "name"],
    readMode: "incremental",
    badRows: "set_aside",
    ...parts,
  });
  const runner = runnerOf(definition, targetOf(source), targetOf(destination));
  const run = async (change: RunChange = {}) => {
    let rejected: readonly RejectedRow[] = [];
    let notes: readonly RunNote[] = [];
    const { receipt, alreadyApplied } = await runner.run({
      ...change,
      onRejected: async (rows) => void (rejected = rows),
      onNotes: async (told) => void (notes = told),
    });
    return { receipt, alreadyApplied, rejected, notes, keys: rejected.map(({ key }) => key) };
  };
  return { ...runner, run };
}

async function position(flowId: string): Promise<unknown> {
  const { rows } = await destination.query(
    "select position, source_identity from headgate.flow_state where flow_id = $1",
    [flowId],
  );
  return rows[0];
}

async function missing(): Promise<string[]> {
  const { rows: here } = await destination.query<{ name: string }>("select name from people");
  const { rows: there } = await source.query<{ name: string }>("select name from people");
  return there.map(({ name }) => name).filter((name) => !here.some((row) => row.name === name));
}

it("reads exactly the rows with these keys, whatever is in them, and leaves the flow where it is", async () => {
  const { flowId, run } = flow();
  const first = await run();
  expect(first.receipt).toMatchObject({ read: 305, created: 300, rejected: 5 });
  const before = await position(flowId);
  await source.query("update people set points = 7 where points = -1 and name <> 'O''Brien'");
  await source.query("insert into people values ('ab', 'new meanwhile', 9)");

  const again = await run({ retry: first.keys });
  expect(again.receipt).toMatchObject({ read: 5, created: 4, rejected: 1 });
  expect(again.rejected).toMatchObject([{ key: `("ab ",O'Brien)`, code: "value_refused" }]);
  expect(again.notes).toEqual([]);
  expect(await position(flowId)).toEqual(before);
  expect((await missing()).toSorted()).toEqual(["O'Brien", "new meanwhile"]);

  // What changed since then is still for the next run to read.
  expect((await run()).receipt).toMatchObject({ read: 5, created: 1, unchanged: 4 });
});

it("tells of rows that are gone, and of keys nobody can read", async () => {
  const { run } = flow();
  const { keys } = await run();
  await source.query("delete from people where name = 'O''Brien'; update people set points = 1 where points = -1");
  const unreadable = [`(ab,${"y".repeat(200)}…)`, "(ab,)", "(ab)", "half"];
  const again = await run({ retry: [...keys, ...keys, ...unreadable] });
  expect(again.receipt).toMatchObject({ read: 4, created: 4, rejected: 0 });
  expect(again.keys).toEqual([`("ab ",O'Brien)`, ...unreadable]);
  expect(again.rejected[0]).toMatchObject({ code: "row_not_found" });
  expect(again.notes).toEqual([{ code: "rows_not_found", side: "source", columns: [], rows: 5 }]);
});

it("reads nothing where no key can be found, and does not run twice", async () => {
  const { run } = flow();
  await run();
  const runId = randomUUID();
  expect((await run({ retry: ["(zz,nobody)"], runId })).receipt).toMatchObject({ read: 0 });
  expect(await run({ retry: ["(zz,nobody)"], runId })).toMatchObject({ alreadyApplied: true, receipt: { read: 0 } });
});

it.each(["update", "insert_missing"] as const)("%s does with them what it does with any row", async (writeMode) => {
  await destination.query("insert into people values ('ab', 'O''Brien', 1)");
  const { run } = flow({ writeMode });
  const { keys } = await run();
  const retried = [...new Set([...keys, `("ab ",O'Brien)`])];
  await source.query("update people set points = 5 where points = -1");
  const expected = writeMode === "update" ? { updated: 1 } : { skipped: 1 };
  expect((await run({ retry: retried })).receipt).toMatchObject({ read: retried.length, ...expected });
});

it("tries rows again that broke a rule, of a query and of a flow that compares hashes", async () => {
  const query = { query: { name: "people", sql: "select * from people", searchPath: ["public"] } };
  const { flowId, run } = flow(
    { rules: { points: [{ kind: "range", least: "0", effect: "set_aside" }] }, changes: { by: "compare" } },
    query,
  );
  const first = await run();
  expect(first.receipt).toMatchObject({ invalid: 5, created: 300 });
  const before = await position(flowId);
  await source.query("update people set points = 5 where points = -1 and name <> ''");
  const again = await run({ retry: first.keys });
  expect(again.receipt).toMatchObject({ read: 5, created: 4, invalid: 1 });
  expect(again.rejected).toMatchObject([{ key: `("ab ","")`, code: "rule_broken" }]);
  expect(await position(flowId)).toEqual(before);
});
