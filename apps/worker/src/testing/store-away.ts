import { withClient, type TestStore } from "@headgate/testkit";

/** Nobody can reach the store until the returned function is called; whoever is connected is thrown out. */
export async function storeAway({ database: store }: TestStore): Promise<() => Promise<void>> {
  const { database } = store;
  const say = (sql: string): Promise<unknown> => withClient(store, "postgres", (client) => client.query(sql));
  await say(`alter database ${database} allow_connections false`);
  await say(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`);
  return () => say(`alter database ${database} allow_connections true`).then(() => undefined);
}
