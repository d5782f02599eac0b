import { createDatabase, createRole } from "@headgate/testkit";
import { describeStream } from "../../postgres/catalog/describe-stream.ts";
import { createTable } from "../../postgres/create-table.ts";
import { contextWith, targetOf } from "../targets.ts";
import { provoked, type Arena, type Provocation, type Provoked } from "./provocation.ts";

/** With a role that has no right but `grants`, in a fresh database that `sql` was run in. */
async function asRole(sql: string, grants: readonly string[] = [], request = {}): Promise<Provoked> {
  const database = await createDatabase();
  if (sql) await database.query(sql);
  const role = await createRole(database, { grants });
  return provoked(targetOf({ ...database, ...role }), contextWith(), request);
}

async function createOver({ database }: Arena): Promise<Provoked> {
  const target = targetOf(database);
  const orders = { schema: "public", name: "orders" };
  const found = await describeStream(target, orders, contextWith());
  if (found.status === "failed") return { failure: found.failure, failedStages: [] };
  const fields = [{ source: "id", destination: "another" }];
  const plan = { source: found.stream, fields, table: orders, syncKey: [] };
  const made = await createTable(target, plan, contextWith());
  return { failure: made.status === "failed" ? made.failure : undefined, failedStages: ["table"] };
}

const table = { schema: "public", name: "orders" };
const orders = "create table orders (id int primary key, note text)";

/** What can be wrong once the login was accepted. */
export const inTheDatabase: readonly Provocation[] = [
  {
    how: "an unknown name, with the nearest known one",
    code: "database_unknown",
    stage: "database",
    provoke: ({ database }) => provoked(targetOf(database, { database: `${database.database}x` })),
  },
  {
    how: "one that takes no connections [B92]",
    code: "database_closed",
    stage: "database",
    provoke: ({ database }) => provoked(targetOf(database, { database: "template0" })),
  },
  {
    how: "no right to connect [B95]",
    code: "database_forbidden",
    stage: "database",
    provoke: async () => {
      const database = await createDatabase();
      await database.query(`revoke connect on database ${database.database} from public`);
      return provoked(targetOf({ ...database, ...(await createRole(database)) }));
    },
  },
  {
    how: "no table, and none may be created",
    code: "no_tables",
    stage: "schema",
    provoke: () => asRole(""),
  },
  {
    how: "tables, but no right to enter their schema",
    code: "schema_forbidden",
    stage: "schema",
    facts: { schema: "hidden" },
    provoke: () => asRole("create schema hidden; create table hidden.orders (id int)"),
  },
  {
    how: "tables, but no right to read any",
    code: "table_forbidden",
    stage: "table",
    facts: ordersFacts(),
    provoke: () => asRole(orders),
  },
  {
    how: "no right to read the one that was asked for",
    code: "table_forbidden",
    stage: "table",
    facts: ordersFacts(),
    provoke: () => asRole(`${orders}; create table open (id int)`, ["select on open"], { table }),
  },
  {
    how: "the table that was asked for is gone",
    code: "table_missing",
    stage: "table",
    facts: ordersFacts(),
    provoke: () => asRole("create table open (id int)", ["select on open"], { table }),
  },
  {
    how: "another table stands where one should be created",
    code: "table_exists",
    stage: "table",
    facts: { ...ordersFacts(), reason: "different_columns" },
    provoke: createOver,
  },
  {
    how: "a destination that was made read-only",
    code: "read_only_server",
    stage: "write",
    facts: { reason: "setting" },
    provoke: async () => {
      const database = await createDatabase();
      const role = await createRole(database);
      await database.query(`alter role ${role.user} set default_transaction_read_only = on`);
      return provoked(targetOf({ ...database, ...role }), contextWith(), { as: "destination" });
    },
  },
  {
    how: "a destination in which nothing may be written",
    code: "write_forbidden",
    stage: "write",
    provoke: () => asRole(orders, ["select on orders"], { as: "destination" }),
  },
  {
    how: "a destination where updates are not allowed",
    code: "write_forbidden",
    stage: "write",
    facts: { ...ordersFacts(), rights: "UPDATE" },
    provoke: () =>
      asRole(
        `create schema headgate; grant all on schema headgate to public; ${orders}`,
        ["select, insert on orders"],
        {
          as: "destination",
          table,
          writeMode: "upsert",
        },
      ),
  },
];

function ordersFacts(): Record<string, string> {
  return { schema: table.schema, table: table.name };
}
