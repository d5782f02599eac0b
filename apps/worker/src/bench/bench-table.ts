import { startPostgres, withClient, type TestServer } from "@headgate/testkit";

/** The table of the performance study: 12 columns, about 275 bytes a row as COPY text. */
const columns = `
  id bigint primary key,
  public_id uuid not null,
  full_name text not null,
  email text,
  city text,
  notes text,
  preferences jsonb,
  credit numeric(12,2),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  active boolean not null,
  tags text[]`;

export const columnNames = [...columns.matchAll(/^ {2}(\w+) /gm)].map(([, name = ""]) => name);

const rowSql = `
  select n, md5('p' || n)::uuid, 'Customer number ' || n || ' O''Brien', 'customer' || n || '@mail.example.com',
         case when n % 7 > 0 then 'São Tomé de ' || md5('c' || n % 500) end, md5('n' || n) || ' ' || md5('o' || n),
         jsonb_build_object('theme', 'dark', 'visits', n, 'language', 'pt-BR'), (n % 100000) / 100.0,
         timestamptz '2024-01-01 00:00:00.123456+00' + n * interval '37 seconds',
         timestamptz '2026-01-01 00:00:00.654321+00' + n * interval '11 seconds', n % 3 = 0,
         array['tag' || n % 10, 'group ' || n % 4]
    from generate_series($1::bigint, $2::bigint) n`;

export type BenchServers = { readonly source: TestServer; readonly destination: TestServer; stop(): Promise<void> };

export const benchTable = { schema: "public", name: "bench_rows" };

/** Durable like a production server, unlike the servers of tests. */
const durable = { fsync: "on", synchronous_commit: "on", full_page_writes: "on", shared_buffers: "512MB" };

/** Two servers: one with the rows, one with an empty table of the same shape and key. */
export async function startBenchServers(rows: number): Promise<BenchServers> {
  const settings = { ...durable, max_wal_size: "4GB" };
  const [source, destination] = await Promise.all([startPostgres({ settings }), startPostgres({ settings })]);
  for (const server of [source, destination])
    await withClient(server, "postgres", (client) => client.query(`create table ${benchTable.name} (${columns})`));
  await withClient(source, "postgres", async (client) => {
    await client.query(`insert into ${benchTable.name} ${rowSql.replace("$1", "1").replace("$2", String(rows))}`);
    await client.query(`vacuum (analyze) ${benchTable.name}`);
    await client.query("checkpoint");
  });
  return { source, destination, stop: async () => void (await Promise.all([source.stop(), destination.stop()])) };
}

/** Empties the destination and writes out what is pending, so that every measurement begins alike. */
export async function emptyDestination({ destination }: BenchServers): Promise<void> {
  await withClient(destination, "postgres", async (client) => {
    await client.query(`truncate ${benchTable.name}`);
    await client.query("checkpoint");
  });
}

/** How many rows arrived; a fast contender that moved nothing would be no contender. */
export async function arrived({ destination }: BenchServers): Promise<number> {
  const { rows } = await withClient(destination, "postgres", (client) =>
    client.query<{ count: number }>(`select count(*)::int as count from ${benchTable.name}`),
  );
  return rows[0]?.count ?? 0;
}
