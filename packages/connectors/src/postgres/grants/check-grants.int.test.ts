import type { CheckedGrant, GrantRequest } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { createDatabase, createRole, withClient, type TestDatabase, type TestRole } from "@headgate/testkit";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { allOf, granted, grantsOf, scriptOf, undone } from "../../testing/grants.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { checkGrants } from "./check-grants.ts";

const schema = `Shop "Süd"`;
const table = { schema, name: `Robert"); DROP TABLE students;--` };
const quoted = `"Shop ""Süd""" . "Robert""); DROP TABLE students;--"`;

let database: TestDatabase;
let owner: string;
let role: TestRole;

beforeAll(async () => {
  database = await createDatabase();
  owner = (await createRole(database)).user;
  await database.query(`
    revoke temporary, connect on database ${database.database} from public;
    grant connect on database ${database.database} to ${owner};
    create schema "Shop ""Süd""" authorization ${owner};
    set role ${owner};
    create table ${quoted} (id int primary key, "A" text, b text, n serial);
    insert into ${quoted} (id, "A", b) values (1, 'one', 'x'), (2, 'two', 'y')`);
});

beforeEach(async () => {
  role = await createRole(database, { grants: [`connect on database ${database.database}`] });
});

const login = (): PostgresTarget => targetOf({ ...database, ...role });

const linesOf = async (question: GrantRequest, target = login()) => (await grantsOf(question, target)).lines;

const asOwner = (sql: string): Promise<void> =>
  withClient(database, database.database, async (client) => void (await client.query(sql)));

const run = (lines: readonly { sql: string }[]): Promise<void> => asOwner(scriptOf(lines));

const questions: Record<string, GrantRequest> = {
  "a source, all columns": { role: "source", table },
  "a source, every table of a schema": { role: "source", table: { schema } },
  "a source, some columns": { role: "source", table, columns: ["id", "A"] },
  "a destination that is added to": { role: "destination", table, writeMode: "append" },
  "a destination that is kept up to date": { role: "destination", table, writeMode: "upsert" },
  "a destination, some columns": { role: "destination", table, writeMode: "upsert", columns: ["id", "A"] },
  "a destination whose key is left alone": {
    role: "destination",
    table,
    writeMode: "upsert",
    columns: ["id", "A"],
    syncKey: ["id"],
  },
  "a destination still to be named": { role: "destination", table: { schema }, writeMode: "upsert" },
  "a destination still to be created": { role: "destination", table: { schema, name: "new one" }, writeMode: "append" },
};

describe.each(Object.entries(questions))("the grants of %s", (_name, question) => {
  it("are all there once the script was run, and each that is taken away again is the only one missing", async () => {
    const before = await linesOf(question);
    expect(granted(before)).toEqual({ ...allOf(before, false), connect: true });

    await run(before);
    const after = await linesOf(question);
    expect(granted(after)).toEqual(allOf(after, true));

    for (const line of after) {
      await asOwner(undone(line));
      const left = await linesOf(question);
      const others = line.id === "connect" ? allOf(left, null) : allOf(left, true);
      expect(granted(left)).toEqual({ ...others, [line.id]: false });
      await run([line]);
    }
    expect(granted(await linesOf(question))).toEqual(allOf(after, true));
  }, 60_000);

  it("count when they come through a role the login inherits from, and only then", async () => {
    const group = await createRole(database);
    const lines = await linesOf(question);
    await run(lines.map(({ sql }) => ({ sql: sql.replace(/ TO [^ ]*;$/, ` TO ${group.user};`) })));
    await asOwner(`grant ${group.user} to ${role.user} with inherit true`);
    const inherited = await linesOf(question);
    expect(granted(inherited)).toEqual(allOf(inherited, true));

    await asOwner(`grant ${group.user} to ${role.user} with inherit false`);
    const member = await linesOf(question);
    expect(granted(member)).toEqual({ ...allOf(member, false), connect: true });
  });
});

describe("the script", () => {
  it("names the owner of the table where it speaks of future tables", async () => {
    const lines = await linesOf({ role: "source", table });
    expect(lines.find(({ id }) => id === "future")).toMatchObject({
      optional: true,
      sql: `ALTER DEFAULT PRIVILEGES FOR ROLE "${owner}" IN SCHEMA "Shop ""Süd""" GRANT SELECT ON TABLES TO "${role.user}";`,
    });
    await run(lines);
    await asOwner(`set role ${owner}; create table "Shop ""Süd"""."made later" (id int)`);
    expect(granted(await linesOf({ role: "source", table: { schema, name: "made later" } })).select).toBe(true);
  });

  it("asks for the right to delete only where rows are deleted, and for nothing but reading at a source", async () => {
    const destination = await linesOf({ role: "destination", table, writeMode: "upsert" });
    expect(destination.map(({ id }) => id)).not.toContain("delete");
    const source = await linesOf({ role: "source", table, columns: ["id"] });
    expect(source.map(({ id }) => id)).toEqual(["connect", "usage", "select"]);
  });

  it("asks for a sequence only where the flow leaves the number to it", async () => {
    const all = await linesOf({ role: "destination", table, writeMode: "append" });
    const withoutN = await linesOf({ role: "destination", table, writeMode: "append", columns: ["id", "A"] });
    const withN = await linesOf({ role: "destination", table, writeMode: "append", columns: ["id", "n"] });
    const count = (lines: readonly CheckedGrant[]) => lines.filter(({ id }) => id.startsWith("sequence:")).length;
    expect([count(all), count(withoutN), count(withN)]).toEqual([1, 1, 0]);
  });

  it("is shown although the database cannot be opened at all", async () => {
    await asOwner(`revoke connect on database ${database.database} from ${role.user}`);
    const lines = await linesOf({ role: "source", table });
    expect(granted(lines)).toEqual({ connect: false, usage: null, select: null });
    await run(lines);
    expect(granted(await linesOf({ role: "source", table }))).toMatchObject({
      connect: true,
      usage: true,
      select: true,
    });
  });

  it.each([
    [{ schema, name: "gone" }, "table_missing"],
    [{ schema: "gone" }, "no_tables"],
  ])("needs a table that is there, at a source", async (gone, code) => {
    const verdict = await checkGrants(login(), { role: "source", table: gone }, contextWith());
    expect(verdict).toMatchObject({ status: "failed", failure: { code } });
  });
});

describe("what is there already", () => {
  const everything: GrantRequest = {
    role: "destination",
    table: { schema: "public", name: "notes" },
    writeMode: "upsert",
  };
  let there: TestDatabase;

  beforeAll(async () => {
    there = await createDatabase();
    await there.query("revoke all on database " + there.database + " from public");
    await there.query("create table notes (id serial primary key, note text)");
  });

  it("is seen at the owner of everything, and at a superuser, who was granted nothing", async () => {
    const theirs = await createRole(there);
    const both = [targetOf({ ...there, ...theirs }), targetOf(there)];
    await there.query(`alter database ${there.database} owner to ${theirs.user};
      alter schema public owner to ${theirs.user}; alter table notes owner to ${theirs.user}`);
    for (const target of both) {
      const lines = await linesOf(everything, target);
      expect(granted(lines)).toEqual(allOf(lines, true));
    }
  });

  it("is seen where everybody was granted it, also with the list of databases out of sight", async () => {
    await there.query("revoke all on pg_catalog.pg_database from public");
    const anybody = targetOf({ ...there, ...(await createRole(there)) });
    const toAll = async () =>
      there.query(scriptOf(await linesOf(everything, anybody)).replace(/ TO \S*;$/gm, " TO public;"));
    expect(granted(await linesOf(everything, anybody))).toMatchObject({ connect: false, insert: null });
    // Only who may look into the database learns of owners and sequences; so the script is run in two goes.
    await toAll();
    await toAll();
    const after = await linesOf(everything, anybody);
    expect(granted(after)).toEqual(allOf(after, true));
  });
});
