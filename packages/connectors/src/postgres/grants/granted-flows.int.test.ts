import { writeModes, type GrantRequest } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { createDatabase, createRole, withClient, type TestDatabase } from "@headgate/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { flowOf, runnerOf } from "../../testing/flows.ts";
import { granted, grantsOf, scriptOf, undone } from "../../testing/grants.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { dryRun } from "../move/dry-run.ts";
import { RunFault } from "../move/run-fault.ts";

const from = { schema: "public", name: "orders" };
const into = { schema: "public", name: "copies" };
const columns = ["id", "A"];

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`create table orders (id int primary key, "A" text, b text);
    insert into orders values (1, 'one', 'x'), (2, 'two', 'y')`);
});

describe("a flow", () => {
  it.each(writeModes)(
    "of kind %s runs with exactly these grants, and not without any one of them [CE-10]",
    async (writeMode) => {
      const there = await createDatabase();
      await there.query(`revoke temporary on database ${there.database} from public;
        revoke usage on schema public from public;
        create table copies (id int primary key, "A" text, note text default 'kept', n serial)`);
      const { creates, needsSyncKey } = writeModeRules[writeMode];
      // What cannot add rows needs some to change.
      if (!creates) await there.query(`insert into copies values (1, 'old'), (2, 'old')`);
      const syncKey = needsSyncKey ? ["id"] : [];
      const source = targetOf({ ...database, ...(await createRole(database)) });
      const destination = targetOf({ ...there, ...(await createRole(there)) });
      const definition = flowOf({ from, to: into, columns, writeMode, syncKey });
      const reading: GrantRequest = { role: "source", table: from, columns };
      const writing: GrantRequest = { role: "destination", table: into, columns, writeMode, syncKey };
      const admin = (sql: string) => withClient(there, there.database, (client) => client.query(sql));

      const { lines: read } = await grantsOf(reading, source);
      await database.query(scriptOf(read));
      await admin(scriptOf((await grantsOf(writing, destination)).lines));
      expect(await dryRun(definition, source, destination, contextWith())).toMatchObject({
        status: "succeeded",
        read: 2,
      });
      const runner = runnerOf(definition, source, destination);
      expect((await runner.run()).receipt).toMatchObject({ read: 2, [creates ? "created" : "updated"]: 2 });

      // The first run made Headgate's own table; from now on the script names it.
      const { lines } = await grantsOf(writing, destination);
      // To add rows is not to read them; choosing the table in the wizard is.
      const idle = ["connect", "state_table", ...(writeMode === "append" ? ["select"] : [])];
      for (const line of lines.filter(({ id }) => !idle.includes(id))) {
        await admin(undone(line));
        // A mirror asks before it writes into a table that holds rows, and asking takes fewer rights.
        if (creates) await admin("truncate copies");
        const counted = await dryRun(definition, source, destination, contextWith());
        const moved = await runnerOf(definition, source, destination)
          .run()
          .catch((error: unknown) => error);
        expect([line.id, counted.status === "failed" || moved instanceof RunFault]).toEqual([line.id, true]);
        await admin(line.sql);
      }
      await database.query(undone(read[2] ?? { sql: "" }));
      await expect(runner.run()).rejects.toMatchObject({ failure: { code: "source_forbidden" } });
    },
    60_000,
  );

  it("into a table still to be made is foretold to fail without the right to make it, or without its schema [DD-12]", async () => {
    const there = await createDatabase();
    const source = targetOf({ ...database, ...(await createRole(database, { grants: ["select on orders"] })) });
    const destination = targetOf({ ...there, ...(await createRole(there)) });
    const plan = { ...flowOf({ from, to: into, columns, writeMode: "append" }), createsTable: true };
    const writing: GrantRequest = { role: "destination", table: { schema: "public" }, writeMode: "append" };
    const { lines } = await grantsOf(writing, destination);
    await there.query(scriptOf(lines.filter(({ id }) => id !== "create")));
    expect(await dryRun(plan, source, destination, contextWith())).toMatchObject({
      status: "failed",
      failure: { origin: "destination", code: "destination_forbidden", facts: { rights: "CREATE" } },
    });
    await there.query(scriptOf(lines));
    expect(await dryRun(plan, source, destination, contextWith())).toMatchObject({ status: "succeeded", created: 2 });

    const nowhere = { ...plan, destination: { ...plan.destination, table: { schema: "nowhere", name: "copies" } } };
    expect(await dryRun(nowhere, source, destination, contextWith())).toMatchObject({
      failure: { code: "destination_forbidden" },
    });
    await expect(there.query("select 'nowhere'::regnamespace")).rejects.toMatchObject({ code: "3F000" });
  });
});

describe("a row security policy", () => {
  it("at the source is told apart from grants, and the owner's view lets the flow see every row [V24]", async () => {
    await database.query(`create table letters (id int primary key, owner text);
      insert into letters values (1, 'ada'), (2, 'bob');
      alter table letters enable row level security; create policy own on letters using (owner = current_user)`);
    const table = { schema: "public", name: "letters" };
    const source = targetOf({ ...database, ...(await createRole(database, { grants: ["select on letters"] })) });
    const { lines, rowSecurity } = await grantsOf({ role: "source", table, columns: ["id"] }, source);
    expect(granted(lines)).toEqual({ connect: true, usage: true, select: true });
    expect(rowSecurity?.sql).not.toContain("BYPASSRLS");

    const there = await createDatabase();
    await there.query("create table letters (id int primary key)");
    const parts = { to: table, columns: ["id"], writeMode: "append" } as const;
    const destination = targetOf(there);
    await expect(runnerOf(flowOf({ from: table, ...parts }), source, destination).run()).rejects.toMatchObject({
      failure: { code: "rows_hidden" },
    });
    await database.query(rowSecurity?.sql ?? "");
    const view = { schema: "public", name: "headgate_letters" };
    const moved = await runnerOf(flowOf({ from: view, ...parts }), source, destination).run();
    expect(moved.receipt).toMatchObject({ read: 2, created: 2 });
    expect((await grantsOf({ role: "source", table: view }, source)).rowSecurity).toBeNull();
  });

  it("at the destination lets rows in once this login has one of its own", async () => {
    const there = await createDatabase();
    await there.query("create table copies (id int primary key); alter table copies enable row level security");
    const writing: GrantRequest = { role: "destination", table: into, writeMode: "upsert", syncKey: ["id"] };
    const destination = targetOf({ ...there, ...(await createRole(there)) });
    const { lines, rowSecurity } = await grantsOf(writing, destination);
    await there.query(scriptOf(lines));
    const definition = flowOf({ from, to: into, columns: ["id"], writeMode: "upsert", syncKey: ["id"] });
    const runner = runnerOf(definition, targetOf(database), destination);
    await expect(runner.run()).rejects.toMatchObject({ failure: { code: "destination_forbidden" } });
    await there.query(rowSecurity?.sql ?? "");
    expect((await runner.run()).receipt).toMatchObject({ read: 2, created: 2 });
  });
});
