import { Client, escapeLiteral } from "pg";
import { sampleShopRows } from "./sample-shop-rows.ts";
import { sampleShopTables } from "./sample-shop-tables.ts";

export type PracticeTarget = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
};

/** Where the sample data is, with a login for each side that can do nothing else. */
export type PracticeTargets = { readonly source: PracticeTarget; readonly destination: PracticeTarget };

/** Made once and kept by the launcher, so that saved connections stay good from start to start. */
export type PracticePasswords = { readonly readerPassword: string; readonly writerPassword: string };

const source = { database: "sample_shop", user: "shop_reader" };
const destination = { database: "sample_destination", user: "practice_writer" };

/**
 * Makes the sample shop and the empty sample destination on a server of ours, about a second the first time; later it
 * only checks that all is there. What people wrote into the destination stays.
 */
export async function seedPractice(adminUrl: string, passwords: PracticePasswords): Promise<PracticeTargets> {
  const { hostname, port } = new URL(adminUrl);
  const at = { host: hostname, port: Number(port || 5432) };
  const targets = {
    source: { ...at, ...source, password: passwords.readerPassword },
    destination: { ...at, ...destination, password: passwords.writerPassword },
  };
  await session(adminUrl, "postgres", async (client) => {
    await client.query("revoke connect on database postgres from public");
    for (const target of [targets.source, targets.destination]) await ensureRoleAndDatabase(client, target);
  });
  await session(adminUrl, source.database, seedShop);
  await session(adminUrl, destination.database, prepareDestination);
  return targets;
}

async function ensureRoleAndDatabase(client: Client, { database, user, password }: PracticeTarget): Promise<void> {
  const role = await client.query("select from pg_roles where rolname = $1", [user]);
  const verb = role.rowCount === 0 ? "create" : "alter";
  await client.query(
    `${verb} role ${user} login nosuperuser nocreatedb nocreaterole noreplication password ${escapeLiteral(password)}`,
  );
  const found = await client.query("select from pg_database where datname = $1", [database]);
  if (found.rowCount === 0) await client.query(`create database ${database} template template0`);
  await client.query(
    `revoke all on database ${database} from public; grant connect on database ${database} to ${user}`,
  );
}

async function seedShop(client: Client): Promise<void> {
  const found = await client.query("select to_regclass('public.customers') is not null as there");
  if (found.rows[0]?.there) return;
  await client.query("begin");
  await client.query("set local timezone to 'UTC'");
  await client.query(sampleShopTables);
  await client.query(sampleShopRows);
  await client.query(
    `grant usage on schema public to ${source.user}; grant select on all tables in schema public to ${source.user}`,
  );
  await client.query("commit");
}

/** The writer may make tables and schemas there: a flow keeps its checkpoint in a schema of its own. */
async function prepareDestination(client: Client): Promise<void> {
  await client.query(
    `alter schema public owner to ${destination.user};
     grant create, temporary on database ${destination.database} to ${destination.user}`,
  );
}

async function session(adminUrl: string, database: string, work: (client: Client) => Promise<void>): Promise<void> {
  const url = new URL(adminUrl);
  const client = new Client({
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
    ssl: false,
    application_name: "headgate-practice",
  });
  client.on("error", () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
