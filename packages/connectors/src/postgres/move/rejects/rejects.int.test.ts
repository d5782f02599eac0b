import { randomUUID } from "node:crypto";
import type { RejectedRow } from "@headgate/contract";
import { createDatabase, type TestDatabase } from "@headgate/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { flowOf } from "../../../testing/flows.ts";
import { contextWith, targetOf } from "../../../testing/targets.ts";
import { moveRows } from "../move-rows.ts";

const table = { schema: "public", name: "orders" };
const rows = 3_000;
const secret = "a-value-nobody-may-see";

let source: TestDatabase;
let destination: TestDatabase;

beforeEach(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  await source.query("create table orders (id int, note text)");
  await source.query(`insert into orders select i, 'order ' || i from generate_series(1, ${rows}) i`);
  await destination.query("create table orders (id int primary key, note varchar(20) check (note <> 'order 7'))");
});

type Mode = "append" | "upsert" | "insert_missing" | "update" | "mirror";

async function run(writeMode: Mode, badRows: "set_aside" | "stop" = "set_aside") {
  const rejected: RejectedRow[] = [];
  const syncKey = writeMode === "append" ? [] : ["id"];
  const definition = flowOf({ from: table, to: table, columns: ["id", "note"], writeMode, syncKey, badRows });
  const moved = moveRows({
    flowId: randomUUID(),
    runId: randomUUID(),
    epoch: "1",
    definition,
    source: targetOf(source),
    destination: targetOf(destination),
    ctx: contextWith(),
    onRejected: async (found) => void rejected.push(...found),
    onProgress: () => {},
  });
  const receipt = await moved.then(
    (done) => done.receipt,
    (error: unknown) => Promise.reject(Object.assign(error as Error, { rejected })),
  );
  return { receipt, rejected };
}

async function count(where = "true"): Promise<number> {
  const { rows: found } = await destination.query<{ n: number }>(
    `select count(*)::int as n from orders where ${where}`,
  );
  return found[0]?.n ?? -1;
}

async function spoil(): Promise<void> {
  await source.query(`update orders set note = '${secret}-longer-than-twenty' where id in (1, 1500, ${rows})`);
}

describe.each(["append", "upsert", "insert_missing"] as const)("%s", (mode) => {
  it(`goes on without rows that are refused at the first, a middle and the last place [F11 ${mode}]`, async () => {
    await spoil();
    const { receipt, rejected } = await run(mode);
    expect(receipt).toMatchObject({ read: rows, created: rows - 4, rejected: 4 });
    expect(await count()).toBe(rows - 4);
    const byKey = rejected.toSorted((one, other) => one.code.localeCompare(other.code));
    expect(byKey.map(({ code, column, constraint }) => [code, column, constraint])).toEqual([
      ["value_refused", null, "orders_note_check"],
      ["value_too_long", "note", null],
      ["value_too_long", "note", null],
      ["value_too_long", "note", null],
    ]);
  });

  it("keeps nothing when too many are refused", async () => {
    await destination.query("alter table orders alter note type varchar(5)");
    await expect(run(mode)).rejects.toMatchObject({
      failure: { code: "too_many_rejected", facts: { limit: "100" }, retryable: false },
      rejected: { length: 101 },
    });
    expect(await count()).toBe(0);
  });

  it("ends at the first refused row where the flow says so", async () => {
    await spoil();
    await expect(run(mode, "stop")).rejects.toMatchObject({
      failure: { code: expect.stringMatching(/^value_(?:too_long|refused)$/) },
    });
    expect(await count()).toBe(0);
  });
});

it("a mirror never sets rows aside: a row that is missing would count as deleted [F11 mirror]", async () => {
  await spoil();
  await expect(run("mirror")).rejects.toMatchObject({ failure: { kind: "settings" } });
  expect(await count()).toBe(0);
});

it("an update goes on without refused rows, which stay as they were [F11 update]", async () => {
  await destination.query(`insert into orders select i, 'old' from generate_series(1, ${rows}) i`);
  await spoil();
  const { receipt, rejected } = await run("update");
  expect(receipt).toMatchObject({ read: rows, updated: rows - 4, rejected: 4 });
  expect(await count("note = 'old'")).toBe(4);
  expect(rejected.map(({ key }) => key).sort()).toEqual(["(1)", "(1500)", "(3000)", "(7)"]);
});

it("names a row by its key, or by all it holds where the flow has none, and cuts what is long", async () => {
  await source.query(
    `delete from orders; insert into orders values (1, 'a "b"' || chr(9) || repeat('x', 5000)), (2, null)`,
  );
  const appended = await run("append");
  expect(appended.rejected[0]?.key).toMatch(/^\(1,"a ""b""\tx{190,}…"\)$/);
  const { rejected } = await run("insert_missing").catch((error: { rejected: RejectedRow[] }) => error);
  expect(rejected.map(({ key }) => key)).toEqual(["(1)"]);
});

it("a refusal by a trigger's own words counts as one of the row", async () => {
  await destination.query(
    `create function judge() returns trigger language plpgsql as
       $$begin if new.id = 5 then raise exception 'no %', '${secret}'; end if; return new; end$$;
     create trigger judge before insert on orders for each row execute function judge()`,
  );
  const { receipt, rejected } = await run("upsert");
  expect(receipt).toMatchObject({ created: rows - 2, rejected: 2 });
  expect(JSON.stringify(rejected)).not.toContain(secret);
});

it("rows around refused ones arrive once, over many chunks", async () => {
  await source.query("insert into orders select i, 'more ' || i from generate_series(10000, 60000) i");
  await source.query("update orders set note = null where id = 30000");
  await destination.query("alter table orders alter note set not null");
  const { receipt } = await run("append");
  expect(receipt).toMatchObject({ read: rows + 50_001, created: rows + 50_001 - 2, rejected: 2 });
  expect(await count()).toBe(rows + 50_001 - 2);
});
