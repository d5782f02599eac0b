import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier, escapeLiteral, type QueryResult, type QueryResultRow } from "pg";
import type {} from "./global-setup.ts";
import type { ServerAddress } from "./server.ts";

export type TestDatabase = ServerAddress & {
  readonly database: string;
  /** For the superuser. */
  readonly url: string;
  /** One statement in a session of its own, as the superuser. */
  query<R extends QueryResultRow>(sql: string, values?: unknown[]): Promise<QueryResult<R>>;
};

/** The server that all integration tests of this run share. Only inside vitest. */
export async function sharedServer(): Promise<ServerAddress> {
  const { inject } = await import("vitest");
  return inject("postgres");
}

export type DatabaseOptions = {
  /** Absent: the shared server. */
  readonly server?: ServerAddress;
  /** The database to clone. Absent: an empty one. */
  readonly template?: string;
  readonly name?: string;
};

/** A fresh database with a name nobody else uses; it goes with its server. */
export async function createDatabase(options: DatabaseOptions = {}): Promise<TestDatabase> {
  const server = options.server ?? (await sharedServer());
  const name = options.name ?? `test_${randomBytes(6).toString("hex")}`;
  const template = options.template ?? "template0";
  await withClient(server, "postgres", (client) =>
    client.query(`create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)}`),
  );
  return openDatabase(server, name);
}

/** A database that exists already. */
export function openDatabase(server: ServerAddress, database: string): TestDatabase {
  const { host, port, user, password } = server;
  return {
    host,
    port,
    user,
    password,
    database,
    url: `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(database)}`,
    query: <R extends QueryResultRow>(sql: string, values?: unknown[]) =>
      withClient(server, database, (client) => client.query<R>(sql, values)),
  };
}

export type TestRole = { readonly user: string; readonly password: string };

/**
 * A login role that has no right but what `grants` give, each a statement part such as `select on orders`;
 * `attributes` go into CREATE ROLE, for example `connection limit 0`.
 */
export async function createRole(
  database: TestDatabase,
  { grants = [], attributes = "" }: { readonly grants?: readonly string[]; readonly attributes?: string } = {},
): Promise<TestRole> {
  const user = `role_${randomBytes(6).toString("hex")}`;
  const password = randomBytes(9).toString("base64url");
  await withClient(database, database.database, async (client) => {
    await client.query(`create role ${user} login password ${escapeLiteral(password)} ${attributes}`);
    for (const grant of grants) await client.query(`grant ${grant} to ${user}`);
  });
  return { user, password };
}

/** Opens a session, hands it to `work` and closes it whatever happens. */
export async function withClient<T>(
  server: ServerAddress,
  database: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { host, port, user, password } = server;
  const client = new Client({ host, port, user, password, database, ssl: false });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
