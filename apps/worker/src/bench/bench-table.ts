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
/** One column of another type than at the source: its rows have to travel as text. */
export const textTable = { schema: "public", name: "bench_rows_text" };
/** A tenth of the rows. */
export const tenthTable = { schema: "public", name: "bench_rows_tenth" };

/** Durable like a production server, unlike the servers of tests. */
const durable = { fsync: "on", synchronous_commit: "on", full_page_writes: "on", shared_buffers: "512MB" };

/** Two servers: one with the rows, one with an empty table of the same shape and key. */
export async function startBenchServers(rows: number): Promise<BenchServers> {
  const settings = { ...durable, max_wal_size: "4GB" };
  const [source, destination] = await Promise.all([startPostgres({ settings }), startPostgres({ settings })]);
  for (const server of [source, destination])
    await withClient(server, "postgres", (client) => client.query(`create table ${benchTable.name} (${columns})`));
  await withClient(destination, "postgres", (client) =>
    client.query(`create table ${textTable.name} (${columns.replace("city text", "city varchar")})`),
  );
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
    await client.query(`truncate ${benchTable.name}, ${textTable.name}`);
    await client.query("checkpoint");
  });
}

/** Puts every other row there, with other notes than at the source. */
export async function fillHalf(servers: BenchServers, rows: number): Promise<void> {
  await emptyDestination(servers);
  await withClient(servers.destination, "postgres", async (client) => {
    const half = rowSql.replace("$1", "1").replace("$2", String(rows)).replace("md5('n' || n)", "md5('older' || n)");
    await client.query(`insert into ${benchTable.name} ${half} where n % 2 = 0`);
    await client.query(`vacuum (analyze) ${benchTable.name}`);
    await client.query("checkpoint");
  });
}

/** Makes a table of the first tenth of the rows at the source. */
export async function makeTenth({ source }: BenchServers, rows: number): Promise<void> {
  await withClient(source, "postgres", async (client) => {
    await client.query(
      `create table ${tenthTable.name} as select * from ${benchTable.name} where id <= ${Math.floor(rows / 10)};
       alter table ${tenthTable.name} add primary key (id)`,
    );
    await client.query(`vacuum (analyze) ${tenthTable.name}`);
  });
}

/** All rows arrived; a fast contender that moved nothing would be no contender. */
export async function requireArrived({ destination }: BenchServers, rows: number, table?: string): Promise<void> {
  const { rows: found } = await withClient(destination, "postgres", (client) =>
    client.query<{ count: number }>(`select count(*)::int as count from ${table ?? benchTable.name}`),
  );
  if (found[0]?.count !== rows) throw new Error(`${found[0]?.count} rows arrived instead of ${rows}.`);
}
