import { writeModes } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import {
  createDatabase,
  createRole,
  hasPgBouncer,
  startPgBouncer,
  startPooler,
  withClient,
  type Pooler,
  type TestDatabase,
  type TestRole,
} from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flowOf, runnerOf } from "../testing/flows.ts";
import { contextWith, targetOf } from "../testing/targets.ts";
import { describeSchema } from "./catalog/describe-schema.ts";
import { describeStream } from "./catalog/describe-stream.ts";
import { discoverCatalog } from "./catalog/discover-catalog.ts";
import { previewStream } from "./catalog/preview-stream.ts";
import { checkPostgres } from "./check-postgres.ts";
import { createTable } from "./create-table.ts";
import { checkGrants } from "./grants/check-grants.ts";
import { dryRun } from "./move/dry-run.ts";
import { openSession } from "./open-session.ts";

/** The stand-in everywhere, and PgBouncer itself where this machine has it. */
const kinds: Record<string, (server: TestDatabase, logins: readonly TestRole[]) => Promise<Pooler>> = {
  "a pooler as PgBouncer was measured": startPooler,
  ...((await hasPgBouncer()) && { PgBouncer: startPgBouncer }),
};

const orders = { schema: "public", name: "orders" };

describe.each(Object.entries(kinds))("through %s in transaction mode", (_name, start) => {
  let source: TestDatabase;
  let destination: TestDatabase;
  let login: TestRole;
  let pooler: Pooler;
  beforeAll(async () => {
    source = await createDatabase();
    destination = await createDatabase();
    await source.query(
      "create table orders (id int primary key, note text, at timestamptz default '2026-01-02 03:04Z')",
    );
    await source.query("insert into orders select i, 'n' || i from generate_series(1, 500) i");
    await destination.query("create table orders (id int primary key, note text)");
    login = { user: source.user, password: source.password };
    pooler = await start(source, [login]);
  });
  afterAll(() => pooler.close());

  const through = (database: TestDatabase) => targetOf({ ...database, ...login, host: pooler.host, port: pooler.port });

  it("really stands in between: a setting of one transaction is gone in the next [V32]", async () => {
    const { host, port } = pooler;
    const raw = { ...login, host, port };
    await expect(withClient(raw, source.database, (client) => client.query("set options to x"))).rejects.toThrow(
      /unrecognized configuration parameter/,
    );
    const refused = targetOf({ ...source, ...raw, user: "nobody_knows" });
    expect(await checkPostgres(refused, contextWith(), () => {})).toMatchObject({
      failure: { code: "password_wrong", stage: "sign_in" },
    });
  });

  it("a check passes every stage, as source and as destination [V32]", async () => {
    expect(await checkPostgres(through(source), contextWith(), () => {})).toMatchObject({
      status: "succeeded",
      tableCount: 1,
    });
    const request = { as: "destination", table: orders, writeMode: "upsert" } as const;
    expect(await checkPostgres(through(destination), contextWith(), () => {}, request)).toMatchObject({
      status: "succeeded",
    });
  });

  it("an unknown database is named as such", async () => {
    const verdict = await checkPostgres({ ...through(source), database: "nowhere" }, contextWith(), () => {});
    expect(verdict).toMatchObject({ failure: { stage: "database", code: "database_unknown" } });
  });

  it("tables, columns, rows and grants are found [V32]", async () => {
    const target = through(source);
    expect(await discoverCatalog(target, contextWith())).toMatchObject({ streams: [{ name: "orders" }] });
    expect(await describeSchema(target, "public", contextWith())).toMatchObject({ streams: [{ name: "orders" }] });
    expect(await describeStream(target, orders, contextWith())).toMatchObject({ stream: { name: "orders" } });
    const preview = await previewStream(target, orders, contextWith());
    expect(preview).toMatchObject({
      preview: { rows: expect.arrayContaining([["1", "n1", "2026-01-02 03:04:00+00"]]) },
    });
    const grants = await checkGrants(target, { role: "source", table: orders }, contextWith());
    expect(grants).toMatchObject({ status: "succeeded" });
  });

  it("a dry run counts and a run moves, again and again [V32]", async () => {
    const found = await describeStream(through(source), orders, contextWith());
    if (found.status === "failed") throw new Error(found.failure.code);
    const fields = ["id", "note"].map((name) => ({ source: name, destination: name }));
    const plan = { source: found.stream, fields, table: { schema: "public", name: "copies" }, syncKey: ["id"] };
    expect(await createTable(through(destination), plan, contextWith())).toMatchObject({ created: true });
    for (const to of [orders, plan.table]) {
      const flow = flowOf({ from: orders, to, columns: ["id", "note"], writeMode: "upsert", syncKey: ["id"] });
      expect(await dryRun(flow, through(source), through(destination), contextWith())).toMatchObject({
        status: "succeeded",
        created: 500,
      });
      const runner = runnerOf(flow, through(source), through(destination));
      expect((await runner.run()).receipt).toMatchObject({ read: 500, created: 500 });
      await source.query("update orders set note = note || '!' where id <= 10");
      expect((await runner.run()).receipt).toMatchObject({ read: 500, created: 0, updated: 10 });
    }
    const { rows } = await destination.query<{ n: number }>("select count(*)::int as n from orders");
    expect(rows).toEqual([{ n: 500 }]);
  });

  it.each(writeModes.map((writeMode) => ({ writeMode })))(
    "runs of kind $writeMode go through, one after the other [V32] [F15 $writeMode]",
    async ({ writeMode }) => {
      const to = { schema: "public", name: `to_${writeMode}` };
      await destination.query(`create table ${to.name} (id int primary key, note text)`);
      const syncKey = writeModeRules[writeMode].needsSyncKey ? ["id"] : [];
      const parts = { from: orders, to, columns: ["id", "note"], writeMode, syncKey };
      const runner = runnerOf(flowOf(parts), through(source), through(destination));
      const created = writeMode === "update" ? 0 : 500;
      expect((await runner.run()).receipt).toMatchObject({ read: 500, created });
      if (writeMode === "append") await destination.query(`truncate ${to.name}`);
      expect((await runner.run()).receipt).toMatchObject({ read: 500 });
    },
  );

  it("a role that the server turns away behind the pooler is told so", async () => {
    const role = await createRole(source, { attributes: "connection limit 0" });
    const own = await start(source, [role]);
    const target = targetOf({ ...source, ...role, host: own.host, port: own.port });
    const verdict = await checkPostgres(target, contextWith(), () => {});
    expect(verdict).toMatchObject({ failure: { code: "server_full", facts: { limit: "role" } } });
    await own.close();
  });

  it("stopping ends what goes on behind the pooler too", async () => {
    const stop = new AbortController();
    const session = await openSession(through(source), contextWith({}, stop.signal));
    const sleeping = session.query("select pg_sleep(60)").catch((error: Error) => error);
    const busy = "select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'";
    await expect.poll(async () => (await source.query(busy)).rowCount).toBe(1);
    stop.abort();
    expect(await sleeping).toBeInstanceOf(Error);
    await expect.poll(async () => (await source.query(busy)).rowCount).toBe(0);
  });
});
