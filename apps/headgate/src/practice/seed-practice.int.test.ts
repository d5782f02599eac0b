import { randomUUID } from "node:crypto";
import { startPostgres, withClient, type TestServer } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedPractice, type PracticeTarget, type PracticeTargets } from "./seed-practice.ts";

const passwords = { readerPassword: randomUUID(), writerPassword: randomUUID() };
let server: TestServer;
let targets: PracticeTargets;

beforeAll(async () => {
  server = await startPostgres();
  targets = await seedPractice(server.url(), passwords);
});
afterAll(() => server.stop());

const ask = async (target: PracticeTarget, sql: string): Promise<Record<string, unknown>[]> =>
  withClient(target, target.database, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);

describe("the sample data", () => {
  it("has thousands of rows in which the awkward things of real tables occur", async () => {
    const [row] = await ask(
      targets.source,
      `select (select count(*)::int from customers) as customers, (select count(*)::int from orders) as orders,
              (select count(*)::int from products) as products, (select count(*)::int from order_overview) as overview,
              (select count(*) > 20 from customers where full_name like '%O''Brien') as apostrophes,
              (select count(*) > 20 from customers where full_name ~ '[^ -~]') as accents,
              (select count(*) > 20 from customers where email is null) as nulls,
              (select count(*) > 20 from orders where gift_message ~ '🎂') as emoji,
              (select count(distinct time_zone)::int from orders) as zones,
              (select count(distinct full_name) > 500 from customers) as variety,
              (select bool_and(total > 0) from orders) as totals`,
    );
    expect(row).toEqual({
      customers: 2400,
      orders: 6000,
      products: 240,
      overview: 6000,
      apostrophes: true,
      accents: true,
      nulls: true,
      emoji: true,
      zones: 5,
      variety: true,
      totals: true,
    });
  });

  it("can be read and not changed by the shop's login, and is closed to the other", async () => {
    await expect(ask(targets.source, "delete from orders")).rejects.toMatchObject({ code: "42501" });
    await expect(ask(targets.source, "create table mine (id int)")).rejects.toMatchObject({ code: "42501" });
    const across = { ...targets.destination, database: targets.source.database };
    await expect(ask(across, "select")).rejects.toMatchObject({ code: "42501" });
  });

  it("lets the writer make tables and schemas, and nothing else", async () => {
    await ask(targets.destination, "create schema headgate; create table arrived (id int)");
    const everywhere = { ...targets.destination, database: "postgres" };
    await expect(ask(everywhere, "select")).rejects.toMatchObject({ code: "42501" });
  });

  it("stays as it is when everything starts again, passwords and people's own tables included", async () => {
    await ask(targets.destination, "create table kept as select 1 as id");
    const before = await ask(targets.source, "select md5(string_agg(c::text, '' order by id)) from customers c");
    expect(await seedPractice(server.url(), passwords)).toEqual(targets);
    expect(await ask(targets.source, "select md5(string_agg(c::text, '' order by id)) from customers c")).toEqual(
      before,
    );
    expect(await ask(targets.destination, "select id from kept")).toEqual([{ id: 1 }]);
  });

  it("is the same at every place", async () => {
    const [row] = await ask(
      targets.source,
      `select md5(string_agg(concat_ws(' ', id, customer_id, total, status, placed_local, delivery, gift_message), ''
                             order by id)) as md5 from orders`,
    );
    expect(row).toMatchInlineSnapshot(`
      {
        "md5": "824d438050a7efc3120eac88d34d6736",
      }
    `);
  });
});
