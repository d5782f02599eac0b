import { createDatabase, type ServerAddress, type TestDatabase } from "@headgate/testkit";

/** What a music shop keeps: a catalogue and its sales, with the values that break careless copying. */
const tables = `
create table artists (
  artist_id  integer primary key,
  name       text not null,
  website    text
);
create table albums (
  album_id   integer primary key,
  title      varchar(160) not null,
  artist_id  integer not null references artists,
  released   date
);
create table tracks (
  track_id   integer primary key,
  name       varchar(200) not null,
  album_id   integer references albums,
  composer   text,
  seconds    numeric(8,3) not null,
  bytes      bigint,
  genres     text[] not null,
  unit_price numeric(10,2) not null
);
create schema sales;
create table sales.invoices (
  invoice_id   integer primary key,
  customer     text not null,
  billed_at    timestamptz not null,
  country      char(2) not null,
  total        numeric(10,2)
);
`;

const invoiceLines = `
create table sales.invoice_lines (
  invoice_line_id integer primary key,
  invoice_id      integer not null,
  track_id        integer not null,
  unit_price      numeric(10,2) not null,
  quantity        integer not null,
  note            text
);
`;

/** Every value follows from its row's number, so that two servers could be filled alike. */
const rows = `
insert into artists
select n, (array['Björk''s Cousins','Motörhead Tribute','Sigur Rós Kids','Café Tacvba','The "Quotes"','O''Brien & Söhne'])
          [1 + n % 6] || ' ' || n,
       case when n % 3 = 0 then null else 'https://example.com/' || n end
  from generate_series(1, 60) as n;
insert into albums
select n, 'Álbum №' || n || case when n % 5 = 0 then ' 🎵' else '' end, 1 + n % 60,
       case when n % 7 = 0 then null else date '1965-01-01' + n * 61 end
  from generate_series(1, 180) as n;
insert into tracks
select n, 'Track ' || n || E'\\t(live)', 1 + n % 180, case when n % 4 = 0 then null else 'Composer ' || n % 25 end,
       90 + (n * 7919 % 400000) / 1000.0, 9007199254740993 + n,
       case when n % 9 = 0 then '{}' else array['rock', 'a "b", c'] end, case when n % 10 = 0 then 1.99 else 0.99 end
  from generate_series(1, 1500) as n;
insert into sales.invoices
select n, 'Customer ' || n % 60, timestamptz '2021-01-01 08:00:00.123456+00' + n * interval '71 hours 13 minutes',
       (array['DE','FR','BR','JP'])[1 + n % 4], null
  from generate_series(1, 400) as n;
insert into sales.invoice_lines
select n, 1 + n / 6, 1 + n * 37 % 1500, case when n % 10 = 0 then 1.99 else 0.99 end, 1 + n % 3,
       case n % 50 when 0 then 'Gift for O''Brien 🎁' when 1 then '' when 2 then null else 'line ' || n end
  from generate_series(1, 2240) as n;
update sales.invoices
   set total = (select sum(unit_price * quantity) from sales.invoice_lines as line where line.invoice_id = invoices.invoice_id);
analyze;
`;

export const lineCount = 2240;

/** A database of the shop with all its sales. */
export async function openMusicShop(server: ServerAddress): Promise<TestDatabase> {
  const database = await createDatabase({ server });
  await database.query(tables + invoiceLines + rows);
  return database;
}

export const linesTable = { schema: "sales", name: "invoice_lines" };
export const lineColumns = ["invoice_line_id", "invoice_id", "track_id", "unit_price", "quantity", "note"];

/** A database that waits for the shop's invoice lines: the table is there and empty. */
export async function openLedger(server: ServerAddress): Promise<TestDatabase> {
  const database = await createDatabase({ server });
  await database.query(`create schema sales;${invoiceLines}`);
  return database;
}
