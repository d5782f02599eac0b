import { createRole } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asks, combinations, openFaultLane, tag, type FaultLane } from "../../../testing/fault-lane.ts";
import { targetOf } from "../../../testing/targets.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

const full = combinations.filter(({ read }) => read === "full");
const whole = full.filter(({ mode }) => mode === "mirror" || mode === "replace");
const changing = full.filter(({ mode }) => mode !== "append" && mode !== "insert_missing");

describe.each(combinations)("$mode ($read)", (combination) => {
  const { mode } = combination;

  it(`names the column that is gone or has another type, changes nothing, and goes on once it is back [F12 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    const alter = (change: string): Promise<object[]> => lane.query(`alter table ${change}`);
    const refused = async (facts: object): Promise<void> => {
      await expect(flow.run()).rejects.toMatchObject({ failure: { code: "schema_changed", kind: "settings", facts } });
    };
    await alter(`src.${flow.table} rename body to words`);
    await refused({ side: "source", column: "body", change: "column_gone", added: "words" });
    await alter(`src.${flow.table} rename words to body`);
    await alter(`dst.${flow.table} rename body to words`);
    await refused({ side: "destination", column: "body", change: "column_gone" });
    await alter(`dst.${flow.table} rename words to body`);
    await alter(`src.${flow.table} alter n type text using n::text`);
    await refused({ side: "source", column: "n", change: "column_type", from: "numeric", to: "text" });
    await alter(`src.${flow.table} alter n type numeric using n::numeric`);
    await alter(`src.${flow.table} rename to elsewhere`);
    await refused({ side: "source", change: "table_gone" });
    await alter(`src.elsewhere rename to ${flow.table}`);
    await flow.expectContent("before");
    await lane.expectNothingLeft();
  });

  it(`is not met by a column that goes while rows are read: the lock keeps it [F12 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    const action = async (): Promise<void> => {
      const change = `set lock_timeout = 20; alter table src.${flow.table} drop column body`;
      await expect(lane.database.query(change)).rejects.toMatchObject({ code: "55P03" });
    };
    const fault = lane.source.arm({ at: asks("copy"), action });
    await flow.run();
    expect(fault.struck()).toBe(true);
    await flow.expectContent("after");
  });

  it(`says so when a trigger swallows what it writes, and changes nothing [F18 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    await lane.query(`create or replace function dst.swallow() returns trigger language plpgsql as
      'begin if new.id % 7 = 0 then return null; end if; return new; end'`);
    const trigger = `create trigger swallow before insert or update on dst.${flow.table} for each row execute function dst.swallow()`;
    await lane.query(trigger);
    await expect(flow.run()).rejects.toMatchObject({ failure: { code: "rows_swallowed", kind: "settings" } });
    await flow.expectContent("before");
    await lane.query(`drop trigger swallow on dst.${flow.table}`);
    await flow.expectConverges();
  });
});

describe.each(full)("$mode", (combination) => {
  const { mode } = combination;

  it(`by a login that may only read says which right is missing, and changes nothing [F18 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    const role = await createRole(lane.database, {
      grants: [
        "usage on schema dst, headgate",
        `select on dst.${flow.table}`,
        "select, insert, update on headgate.flow_state",
        "create on schema headgate",
      ],
    });
    const destination = targetOf({ ...lane.database, ...role });
    await expect(flow.run({ destination })).rejects.toMatchObject({
      failure: { origin: "destination", code: "destination_forbidden", kind: "settings" },
    });
    await flow.expectContent("before");
  });
});

describe.each(changing)("$mode", (combination) => {
  it(`never changes a part of a table whose other rows a policy hides [F18 ${combination.mode}]`, async () => {
    const flow = await lane.flow(combination);
    await lane.query(
      `alter table dst.${flow.table} enable row level security;
       create policy few on dst.${flow.table} using (id <= 30) with check (true)`,
    );
    const role = await createRole(lane.database, {
      grants: [
        "usage on schema dst, headgate",
        "create on schema headgate",
        `all on dst.${flow.table}`,
        "all on all tables in schema headgate",
      ],
    });
    const destination = targetOf({ ...lane.database, ...role });
    // A row that a merge by key meets in hiding is refused by the server itself.
    const code = combination.mode === "upsert" ? "destination_forbidden" : "rows_hidden";
    await expect(flow.run({ destination })).rejects.toMatchObject({
      failure: { origin: "destination", code, kind: "settings" },
    });
    await flow.expectContent("before");
    await lane.query(`create policy every on dst.${flow.table} to ${role.user} using (true) with check (true)`);
    await flow.run({ destination });
    await flow.expectContent("after");
  });
});

describe.each(full.filter(({ mode }) => mode === "append" || whole.some((one) => one.mode === mode)))(
  "$mode",
  (combination) => {
    const { mode } = combination;

    it(`reads all rows although somebody empties the source in this very moment [F4 ${mode}]`, async () => {
      const flow = await lane.flow(combination);
      let emptied: Promise<unknown> | undefined;
      const action = async (): Promise<void> => {
        emptied = lane.database.query(`truncate src.${flow.table}`);
        const waiting = `select from pg_locks where relation = 'src.${flow.table}'::regclass and not granted`;
        await expect.poll(() => lane.query(waiting), { timeout: 30_000, interval: 5 }).toHaveLength(1);
      };
      lane.source.arm({ at: tag("LOCK"), action });
      await flow.run();
      await emptied;
      await flow.expectContent("after");
    });
  },
);

describe.each(whole)("$mode", (combination) => {
  const { mode } = combination;

  it(`asks a person when its source was emptied, and keeps every row until then [F4 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    await lane.query(`truncate src.${flow.table}`);
    await expect(flow.run()).rejects.toMatchObject({ hold: { reason: "source_empty" } });
    await flow.expectContent("before");
    await lane.expectNothingLeft();
  });

  it(`asks a person when the source is another table by the same name [F20 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    await lane.query(
      `alter table src.${flow.table} rename to ${flow.table}_old;
       create table src.${flow.table} as select * from src.${flow.table}_old where id > 3`,
    );
    await expect(flow.run()).rejects.toMatchObject({ hold: { reason: "source_changed" } });
    await flow.expectContent("before");
  });
});

const keys = [
  { name: "repeated", row: "(7000000, 'one', 1), (7000000, 'other', 2)", code: "key_repeated" },
  { name: "empty", row: "(null, 'keyless', 1)", code: "key_empty" },
];
const keyless = combinations.filter(({ mode }) => mode === "append" || mode === "replace");

describe.each(combinations.filter((one) => !keyless.includes(one)))("keys: $mode ($read)", (combination) => {
  it.each(keys)(`that are $name are refused, and nothing changes [F13 ${combination.mode}]`, async ({ row, code }) => {
    const flow = await lane.flow(combination);
    await lane.query(`insert into src.${flow.table} values ${row}`);
    await expect(flow.run()).rejects.toMatchObject({ failure: { code, kind: "settings" } });
    await flow.expectContent("before");
  });
});

describe.each(keyless)("keys: $mode ($read)", (combination) => {
  it.each(keys)(`that are $name are allowed [F13 ${combination.mode}]`, async ({ row }) => {
    const flow = await lane.flow(combination);
    for (const place of [`src.${flow.table}`, `model.${flow.table}_after`])
      await lane.query(`insert into ${place} values ${row}`);
    expect((await flow.run()).receipt).toMatchObject({ rejected: 0 });
    await flow.expectContent("after");
  });
});
