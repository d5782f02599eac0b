import type { GrantRequest } from "@headgate/contract";
import { loginScript, passwordPlaceholder, quoteName, scriptText, type LoginQuestion } from "@headgate/core";
import { createDatabase, type TestDatabase } from "@headgate/testkit";
import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf } from "../../testing/flows.ts";
import { allOf, granted, grantsOf } from "../../testing/grants.ts";
import { targetOf } from "../../testing/targets.ts";

const password = "o'brien; \\ $$";
const literal = `E'o''brien; \\\\ $$'`;

let database: TestDatabase;
let question: LoginQuestion;

beforeEach(async () => {
  database = await createDatabase();
  await database.query(`revoke all on database ${database.database} from public;
    create schema sales; create table sales.orders (id serial primary key, note text);
    insert into sales.orders (note) values ('one'), ('two')`);
  const user = `Robert"); DROP TABLE sales.orders;-- '$grant$ \\ ${randomBytes(6).toString("hex")}`;
  const scopes = [{ schema: "sales" }];
  question = { role: "source", user, database: database.database, scopes, later: true, deletes: false };
});

/** What an administrator does with the script: put a password in, and run it. */
async function makeLogin(change: Partial<LoginQuestion> = {}) {
  const asked = { ...question, ...change };
  const script = scriptText(loginScript(asked));
  await database.query(script.replace(passwordPlaceholder, () => literal));
  return targetOf({ ...database, user: asked.user, password });
}

const orders = { schema: "sales", name: "orders" };

describe("the script for somebody who has no login yet", () => {
  it("makes a login that has every grant its flow needs, in the order in which it stands [RS-01]", async () => {
    const one = await makeLogin({ scopes: [orders], later: false });
    const { lines } = await grantsOf({ role: "source", table: orders, columns: ["id", "note"] }, one);
    expect(granted(lines)).toEqual({ connect: true, usage: true, select: true });

    // All tables, and those of the future, are the same script with another scope.
    const all = await makeLogin({ user: `${question.user} 2` });
    await database.query("create table sales.later (id int)");
    for (const table of [{ schema: "sales" }, { schema: "sales", name: "later" }]) {
      const found = await grantsOf({ role: "source", table }, all);
      expect(granted(found.lines)).toEqual(allOf(found.lines, true));
    }
  });

  it("makes a login that a flow can write with, keeping its notes in schema headgate [DD-02] [RS-01] [RS-02]", async () => {
    const destination = await makeLogin({ role: "destination", deletes: true });
    const into = { schema: "sales", name: "copies" };
    await database.query("create table sales.copies (id int primary key, note text, n serial)");
    const columns = ["id", "note"];
    const writing: GrantRequest = { role: "destination", table: into, columns, writeMode: "upsert", syncKey: ["id"] };
    const { lines } = await grantsOf(writing, destination);
    expect(granted(lines)).toEqual(allOf(lines, true));
    const definition = flowOf({ from: orders, to: into, columns, writeMode: "upsert", syncKey: ["id"] });
    expect((await runnerOf(definition, destination, destination).run()).receipt).toMatchObject({ created: 2 });
    const state = await database.query<{ tables: string[] }>(
      "select array_agg(relname::text) as tables from pg_class where relnamespace = 'headgate'::regnamespace and relkind = 'r'",
    );
    expect(state.rows).toEqual([{ tables: ["flow_state"] }]);
    const rights = await database.query<{ deletes: boolean }>(
      "select has_table_privilege($1, 'sales.copies', 'DELETE') as deletes",
      [question.user],
    );
    expect(rights.rows).toEqual([{ deletes: true }]);

    // A second login of Headgate finds the table of the first one, and may use it too.
    const second = await makeLogin({ role: "destination", user: `${question.user} 2` });
    expect((await runnerOf(definition, second, second).run()).receipt).toMatchObject({ unchanged: 2 });
  });

  it("stops at the words that stand for the password, and leaves nothing behind", async () => {
    const script = scriptText(loginScript(question));
    await expect(database.query(script)).rejects.toMatchObject({ code: "42601" });
    const made = await database.query("select from pg_roles where rolname = $1", [question.user]);
    expect(made.rows).toHaveLength(0);
    expect(script).toContain(quoteName(question.user));
  });
});
