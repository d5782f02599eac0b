import type { CheckedGrant, GrantRequest } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { createDatabase, createRole, withClient, type TestDatabase, type TestRole } from "@headgate/testkit";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { dryRun } from "../move/dry-run.ts";
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

async function linesOf(question: GrantRequest, target = login()): Promise<readonly CheckedGrant[]> {
  const verdict = await checkGrants(target, question, contextWith());
  if (verdict.status === "failed") throw new Error(JSON.stringify(verdict.failure));
  return verdict.lines;
}

const granted = (lines: readonly CheckedGrant[]) => Object.fromEntries(lines.map((line) => [line.id, line.granted]));

const asOwner = (sql: string): Promise<void> =>
  withClient(database, database.database, async (client) => void (await client.query(sql)));

const run = (lines: readonly { sql: string }[]): Promise<void> => asOwner(lines.map(({ sql }) => sql).join("\n"));

/** Takes back what one line gave. */
function undone({ sql }: { readonly sql: string }): string {
  return sql
    .replace(/^CREATE SCHEMA [^;]*; /, "")
    .replace(/(^|IN SCHEMA .* )GRANT /, "$1REVOKE ")
    .replace(/ TO ([^ ]*);$/, " FROM $1;");
}

const questions: Record<string, GrantRequest> = {
  "a source, all columns": { role: "source", table },
  "a source, some columns": { role: "source", table, columns: ["id", "A"] },
  "a destination that is added to": { role: "destination", table, writeMode: "append" },
  "a destination that is kept up to date": { role: "destination", table, writeMode: "upsert" },
  "a destination, some columns": { role: "destination", table, writeMode: "upsert", columns: ["id", "A"] },
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
  });

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

function allOf<T>(lines: readonly CheckedGrant[], value: T): Record<string, T> {
  return Object.fromEntries(lines.map(({ id }) => [id, value]));
}

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

  it("needs a table that is there, at a source", async () => {
    const verdict = await checkGrants(login(), { role: "source", table: { schema, name: "gone" } }, contextWith());
    expect(verdict).toMatchObject({ status: "failed", failure: { stage: "table", code: "table_missing" } });
  });
});

describe("a flow", () => {
  const columns = ["id", "A"];
  const into = { schema: "public", name: "copies" };

  it.each(["append", "upsert"] as const)(
    "of kind %s runs with exactly these grants, and not without any one of them [CE-10]",
    async (writeMode) => {
      const there = await createDatabase();
      await there.query(`revoke temporary on database ${there.database} from public;
        revoke usage on schema public from public;
        create table copies (id int primary key, "A" text, note text default 'kept', n serial)`);
      const writer = await createRole(there);
      const source = login();
      const destination = targetOf({ ...there, ...writer });
      const definition = flowOf({
        from: table,
        to: into,
        columns,
        writeMode,
        syncKey: writeMode === "upsert" ? ["id"] : [],
      });

      const ask = async () => {
        const read = await linesOf({ role: "source", table, columns });
        const write = await linesOf({ role: "destination", table: into, columns, writeMode }, destination);
        return { read, write };
      };
      const admin = (sql: string) => withClient(there, there.database, (client) => client.query(sql));
      const { read, write } = await ask();
      await run(read);
      await admin(write.map(({ sql }) => sql).join("\n"));
      expect(await dryRun(definition, source, destination, contextWith())).toMatchObject({
        status: "succeeded",
        read: 2,
      });
      const runner = runnerOf(definition, source, destination);
      expect((await runner.run()).receipt).toMatchObject({ read: 2, created: 2 });

      // The first run made Headgate's own table; from now on the script names it.
      for (const line of (await ask()).write.filter(({ id }) => id !== "connect" && id !== "state_table")) {
        await admin(undone(line));
        const counted = await dryRun(definition, source, destination, contextWith());
        const moved = await runnerOf(definition, source, destination)
          .run()
          .catch((error: unknown) => error);
        expect([line.id, counted.status === "failed" || moved instanceof Error]).toEqual([line.id, true]);
        await admin(line.sql);
      }
      await asOwner(undone(read[2] ?? { sql: "" }));
      await expect(runner.run()).rejects.toMatchObject({ failure: { code: "source_forbidden" } });
    },
  );
});
