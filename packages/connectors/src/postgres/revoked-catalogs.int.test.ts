import { createDatabase, createRole, openDatabase, startPostgres, type TestServer } from "@headgate/testkit";
import type { PostgresTarget } from "@headgate/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flowOf, runnerOf } from "../testing/flows.ts";
import { contextWith, targetOf } from "../testing/targets.ts";
import { discoverCatalog } from "./catalog/discover-catalog.ts";
import { previewStream } from "./catalog/preview-stream.ts";
import { checkPostgres } from "./check-postgres.ts";
import { checkGrants } from "./grants/check-grants.ts";
import { dryRun } from "./move/dry-run.ts";

/** Some hosts hide the list of databases (airbyte #48721); what only superusers may read is closed to us anyway. */
let server: TestServer;
let login: PostgresTarget;
const orders = { schema: "public", name: "orders" };
const copies = { schema: "public", name: "copies" };

beforeAll(async () => {
  server = await startPostgres();
  const database = await createDatabase({ server, name: "shop" });
  await database.query("create table orders (id int primary key); insert into orders values (1), (2)");
  await database.query("create table copies (id int primary key)");
  for (const one of [database, openDatabase(server, "postgres")]) {
    await one.query("revoke select on pg_database from public");
    await one.query("revoke select on pg_authid, pg_shadow, pg_stat_activity, pg_settings from public");
  }
  const grants = ["select on orders", "all on copies", "create, temporary on database shop"];
  login = targetOf({ ...database, ...(await createRole(database, { grants })) });
});
afterAll(() => server.stop());

it("a check passes, as source and as destination", async () => {
  const seen = await checkPostgres(login, contextWith(), () => {});
  expect(seen).toMatchObject({ status: "succeeded", tableCount: 2 });
  const request = { as: "destination", table: copies, writeMode: "upsert" } as const;
  expect(await checkPostgres(login, contextWith(), () => {}, request)).toMatchObject({ status: "succeeded" });
});

it("an unknown database is named as such, without names that look like it", async () => {
  const verdict = await checkPostgres({ ...login, database: "shopp" }, contextWith(), () => {});
  expect(verdict).toMatchObject({ failure: { stage: "database", code: "database_unknown" } });
  expect(verdict.status === "failed" && verdict.failure.facts["databases"]).toBeUndefined();
});

it("tables, rows and grants are found", async () => {
  expect(await discoverCatalog(login, contextWith())).toMatchObject({
    streams: [{ name: "copies" }, { name: "orders" }],
  });
  expect(await previewStream(login, orders, contextWith())).toMatchObject({ preview: { rows: [["1"], ["2"]] } });
  for (const question of [
    { role: "source", table: orders },
    { role: "destination", table: copies, writeMode: "upsert" },
  ] as const)
    expect(await checkGrants(login, question, contextWith())).toMatchObject({ status: "succeeded" });
});

it("a dry run counts and a run moves", async () => {
  const flow = flowOf({ from: orders, to: copies, columns: ["id"], writeMode: "upsert", syncKey: ["id"] });
  expect(await dryRun(flow, login, login, contextWith())).toMatchObject({ status: "succeeded", created: 2 });
  expect((await runnerOf(flow, login, login).run()).receipt).toMatchObject({ read: 2, created: 2 });
});
