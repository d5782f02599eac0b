import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Cluster } from "@headgate/store/embedded";
import { Client, escapeLiteral } from "pg";
import type { Remembered } from "./remembered.ts";

const source = { database: "sample_shop", user: "shop_reader" };
const destination = { database: "sample_destination", user: "practice_writer" };

/**
 * Makes the two practice databases on their own server, unless they exist, with one login each: one that can only read
 * the shop, one that owns the destination. Returns the file (mode 0600) that tells the web server how to reach them.
 */
export async function preparePractice(
  cluster: Cluster,
  { readerPassword, writerPassword }: Remembered["practice"],
  dataFolder: string,
): Promise<string> {
  await withClient(cluster.url(), async (admin) => {
    await ensureLogin(admin, source.user, readerPassword);
    await ensureLogin(admin, destination.user, writerPassword);
    await ensureDatabase(admin, source.database);
    await ensureDatabase(admin, destination.database);
  });
  await withClient(cluster.url(source.database), openShop);
  await withClient(cluster.url(destination.database), (admin) =>
    admin.query(`alter schema public owner to ${destination.user};
      grant create, temporary on database ${destination.database} to ${destination.user}`),
  );
  const { host, port } = cluster;
  const file = path.join(dataFolder, "practice.json");
  const targets = {
    source: { host, port, ...source, password: readerPassword },
    destination: { host, port, ...destination, password: writerPassword },
  };
  await writeFile(file, `${JSON.stringify(targets, null, 2)}\n`, { mode: 0o600 });
  return file;
}

async function openShop(admin: Client): Promise<void> {
  await admin.query(`grant usage on schema public to ${source.user};
    grant select on all tables in schema public to ${source.user};
    alter default privileges in schema public grant select on tables to ${source.user}`);
}

async function ensureLogin(admin: Client, user: string, password: string): Promise<void> {
  const { rowCount } = await admin.query("select from pg_roles where rolname = $1", [user]);
  await admin.query(`${rowCount === 0 ? "create" : "alter"} role ${user} login password ${escapeLiteral(password)}`);
}

async function ensureDatabase(admin: Client, name: string): Promise<void> {
  const { rowCount } = await admin.query("select from pg_database where datname = $1", [name]);
  if (rowCount === 0) await admin.query(`create database ${name} template template0`);
  await admin.query(
    `revoke all on database ${name} from public; grant connect on database ${name} to ${
      name === source.database ? source.user : destination.user
    }`,
  );
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
