import { createDatabase, createRole, type TestDatabase } from "@headgate/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf, type Runner } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";

const table = { schema: "public", name: "orders" };
const columns = ["id", "note"];
const append = flowOf({ from: table, to: table, columns, writeMode: "append" });
const upsert = flowOf({ from: table, to: table, columns, writeMode: "upsert", syncKey: ["id"] });
const secret = "a-value-nobody-may-see";

let source: TestDatabase;
let destination: TestDatabase;
let runner: Runner;

beforeEach(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  await source.query("create table orders (id bigint, note text)");
  await source.query(`insert into orders select i, 'order ' || i from generate_series(1, 100) i`);
  await destination.query("create table orders (id bigint primary key, note text)");
  runner = runnerOf(append, targetOf(source), targetOf(destination));
});

async function left(): Promise<number> {
  const { rows } = await destination.query<{ n: number }>("select count(*)::int as n from orders");
  return rows[0]?.n ?? -1;
}

describe("rows the destination does not take", () => {
  it.each([
    {
      name: "repeated value",
      alter: "insert into orders values (1)",
      row: "",
      code: "value_repeated",
      facts: { constraint: "orders_pkey" },
    },
    {
      name: "empty value",
      alter: "alter table orders alter note set not null",
      row: "(101, null)",
      code: "value_required",
      facts: { column: "note" },
    },
    {
      name: "value against a rule",
      alter: `alter table orders add constraint short check (length(note) < 12)`,
      row: `(101, '${secret}')`,
      code: "value_refused",
      facts: { constraint: "short" },
    },
    {
      name: "value too long",
      alter: "alter table orders alter note type varchar(12)",
      row: `(101, '${secret}')`,
      code: "value_too_long",
      facts: { column: "note" },
    },
    {
      name: "number out of range",
      alter: "alter table orders alter id type smallint",
      row: "(99999, 'x')",
      code: "value_out_of_range",
      facts: { column: "id" },
    },
    {
      name: "value of another type",
      alter: "delete from orders; alter table orders alter note type int using 0",
      row: `(0, '${secret}')`,
      code: "value_wrong_type",
      facts: { column: "note", type: "integer" },
    },
    {
      name: "reference to nothing",
      alter: "create table parents (id bigint primary key); alter table orders add foreign key (id) references parents",
      row: "",
      code: "reference_missing",
      facts: { constraint: "orders_id_fkey" },
    },
    {
      name: "reference checked at the very end",
      alter:
        "create table parents (id bigint primary key); alter table orders add foreign key (id) references parents deferrable initially deferred",
      row: "",
      code: "reference_missing",
      facts: { constraint: "orders_id_fkey" },
    },
  ])("$name: $code, nothing stays, and no value is told [V26] [V34] [R30]", async ({ alter, row, code, facts }) => {
    await destination.query(alter);
    if (row) await source.query(`insert into orders values ${row}`);
    const before = await left();
    const error: unknown = await runner.run().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      failure: {
        origin: "destination",
        kind: "settings",
        code,
        retryable: false,
        facts: { side: "destination", table: "orders", ...facts },
      },
    });
    expect(JSON.stringify((error as { failure: unknown }).failure)).not.toContain(secret);
    expect(await left()).toBe(before);
  });

  it.each(["append", "upsert"] as const)("rows that a trigger swallows fail a run of %s [V26]", async (writeMode) => {
    await destination.query(`create function swallow() returns trigger language plpgsql as
      'begin if new.id % 2 = 0 then return null; end if; return new; end'`);
    await destination.query("create trigger swallow before insert on orders for each row execute function swallow()");
    const definition = writeMode === "append" ? append : upsert;
    await expect(runner.run({ definition })).rejects.toMatchObject({
      failure: { code: "rows_swallowed", facts: { sent: "100", taken: "50" } },
    });
    expect(await left()).toBe(0);
  });
});

describe("tables and rights that changed since the flow was set up", () => {
  it.each([
    {
      name: "the source table",
      change: () => source.query("drop table orders"),
      origin: "source",
      code: "source_table_missing",
    },
    {
      name: "the destination table",
      change: () => destination.query("drop table orders"),
      origin: "destination",
      code: "destination_table_missing",
    },
    {
      name: "a source column",
      change: () => source.query("alter table orders rename note to remark"),
      origin: "source",
      code: "source_column_missing",
    },
    {
      name: "a destination column",
      change: () => destination.query("alter table orders drop note"),
      origin: "destination",
      code: "destination_column_missing",
    },
  ])("$name is gone", async ({ change, origin, code }) => {
    await change();
    await expect(runner.run()).rejects.toMatchObject({
      failure: { origin, code, kind: "settings", facts: { table: "orders" } },
    });
  });

  it("the source may not be read any more", async () => {
    const role = await createRole(source);
    const unprivileged = runnerOf(append, targetOf({ ...source, ...role }), targetOf(destination));
    await expect(unprivileged.run()).rejects.toMatchObject({ failure: { origin: "source", code: "source_forbidden" } });
  });

  it("a login with rights on some columns only can be read from", async () => {
    await source.query("alter table orders add secret text");
    const role = await createRole(source, { grants: ["select (id, note) on orders"] });
    const { receipt } = await runnerOf(append, targetOf({ ...source, ...role }), targetOf(destination)).run();
    expect(receipt.created).toBe(100);
  });

  it("a policy that hides rows is an error, never fewer rows [V24]", async () => {
    await source.query("alter table orders enable row level security; create policy few on orders using (id <= 50)");
    const role = await createRole(source, { grants: ["select on orders"] });
    const filtered = runnerOf(append, targetOf({ ...source, ...role }), targetOf(destination));
    await expect(filtered.run()).rejects.toMatchObject({ failure: { origin: "source", code: "rows_hidden" } });
    await source.query("create view seen with (security_invoker) as select * from orders");
    await source.query(`grant select on seen to ${role.user}`);
    const definition = { ...append, source: { ...append.source, table: { schema: "public", name: "seen" } } };
    await expect(filtered.run({ definition })).rejects.toMatchObject({ failure: { code: "rows_hidden" } });
    expect(await left()).toBe(0);
  });

  it("the destination login may not make the table that remembers runs", async () => {
    const role = await createRole(destination, { grants: ["insert on orders"] });
    await expect(runner.run({ destination: targetOf({ ...destination, ...role }) })).rejects.toMatchObject({
      failure: { origin: "destination", code: "state_forbidden", facts: { user: role.user } },
    });
  });

  it("the destination login may not write the table", async () => {
    const role = await createRole(destination, { grants: [`create on database ${destination.database}`] });
    await expect(runner.run({ destination: targetOf({ ...destination, ...role }) })).rejects.toMatchObject({
      failure: { origin: "destination", code: "destination_forbidden", facts: { table: "orders" } },
    });
  });

  it("a login with INSERT and a schema of its own is enough to append", async () => {
    const role = await createRole(destination, {
      grants: [`create on database ${destination.database}`, "insert on orders"],
    });
    const { receipt } = await runner.run({ destination: targetOf({ ...destination, ...role }) });
    expect(receipt.created).toBe(100);
  });

  it("a database that accepts no changes", async () => {
    await runner.run();
    await destination.query(`alter database ${destination.database} set default_transaction_read_only = on`);
    await expect(runner.run()).rejects.toMatchObject({
      failure: { origin: "destination", code: "destination_read_only", kind: "settings" },
    });
  });
});

describe("connections that cannot be made", () => {
  it.each([
    {
      name: "wrong password",
      change: { password: "nope-nope" },
      kind: "settings",
      reason: "password_wrong",
      retryable: false,
    },
    { name: "closed port", change: { port: 1 }, kind: "temporary", reason: "port_closed", retryable: true },
    {
      name: "unknown host",
      change: { host: "gone.invalid" },
      kind: "settings",
      reason: "host_unknown",
      retryable: false,
    },
  ])("$name at the destination", async ({ change, kind, reason, retryable }) => {
    const failure = { origin: "destination", code: "destination_unreachable", kind, retryable, facts: { reason } };
    await expect(runner.run({ destination: targetOf(destination, change) })).rejects.toMatchObject({ failure });
  });
});

describe("others who use the tables at the same time", () => {
  it("a lock that is not given up is temporary", async () => {
    const { Client } = await import("pg");
    const other = new Client({ ...targetOf(destination), ssl: false });
    await other.connect();
    await other.query("begin; lock table orders");
    await expect(runner.run({ context: contextWith({ lockMs: 100 }) })).rejects.toMatchObject({
      failure: { origin: "destination", code: "table_locked", kind: "temporary", retryable: true },
    });
    await other.end();
  });
});
