import type { Cluster } from "@headgate/store/embedded";
import { Client, escapeLiteral } from "pg";

const name = "headgate";

/**
 * Makes the store's database and the login that owns it, unless they exist. Headgate itself never signs in as the
 * superuser, who may read files and run programs.
 */
export async function prepareOwnStore(cluster: Cluster, password: string): Promise<string> {
  const client = new Client({ connectionString: cluster.url() });
  await client.connect();
  try {
    const role = await client.query("select from pg_roles where rolname = $1", [name]);
    await client.query(
      `${role.rowCount === 0 ? "create" : "alter"} role ${name} login password ${escapeLiteral(password)}`,
    );
    const database = await client.query("select from pg_database where datname = $1", [name]);
    if (database.rowCount === 0) await client.query(`create database ${name} owner ${name} template template0`);
  } finally {
    await client.end();
  }
  return `postgres://${name}:${encodeURIComponent(password)}@${cluster.host}:${cluster.port}/${name}`;
}
