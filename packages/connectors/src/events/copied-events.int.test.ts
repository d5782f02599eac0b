import { createDatabase, startEventReceiver } from "@headgate/testkit";
import { Client } from "pg";
import { to } from "pg-copy-streams";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Column, RowBatch } from "../batch-writer.ts";
import { readBatches } from "../copy-text/read-batches.ts";
import { orderWith, playedClock, writeAll } from "../testing/batches.ts";
import { localGate } from "../testing/targets.ts";
import { createEventWriter } from "./event-writer.ts";

const types = {
  id: "int4",
  words: "text",
  amount: "numeric",
  share: "float8",
  paid: "bool",
  settings: "jsonb",
  tags: "_text",
  counts: "_int8",
  code: "uuid",
};
const columns: readonly Column[] = Object.entries(types).map(([name, type]) => ({
  name,
  typeName: `pg_catalog.${type}`,
}));
const names = Object.keys(types);
const traits = names.slice(1).map((name) => ({ source: name, key: name }));

let client: Client;

beforeAll(async () => {
  const database = await createDatabase();
  client = new Client({ ...database, ssl: false });
  await client.connect();
  await client.query(`create table odd (id int primary key, words text, amount numeric, share float8, paid bool,
    settings jsonb, tags text[], counts int8[], code uuid)`);
  await client.query(`insert into odd
    select n, (array['O''Brien', '', E'a\\tb\\nc\\r\\\\d', E'\\\\N', 'é🎉 "x"', E'\\b\\f\\x01\\x1f', null])[n % 7 + 1],
      case n % 5 when 0 then 'NaN' when 1 then -0.00000000000000000001 when 2 then 1e30 else n / 7.0 end,
      case n % 4 when 0 then 'Infinity'::float8 when 1 then 1e-7 else n / 3.0 end, nullif(n % 3, 2) = 1,
      jsonb_build_object('n', n, E'q"\\\\\\n', array['é', null]),
      (array['{}', '{a,"b c",NULL}', '{"x\\"y","1,2"}', '{{a,b},{c,d}}', null])[n % 5 + 1]::text[],
      array[n, null, 9007199254740993], md5(n::text)::uuid
    from generate_series(1, 700) n`);
});
afterAll(async () => {
  await client.end();
});

function copied(): AsyncIterable<RowBatch> {
  const select = `select ${names.join(", ")}, xmin from odd order by id`;
  return readBatches(client.query(to(`copy (${select}) to stdout`)), (_line, seq) => `after ${seq}`, {
    rows: 150,
    bytes: 20_000,
  });
}

it("what the source copies out arrives as the source itself would say it in JSON, and a refused row by its key", async () => {
  const receiver = await startEventReceiver({ dialect: "segment", refuses: ({ userId }) => userId === "311" });
  const settings = { dialect: "segment", dataPlaneUrl: receiver.origin, lanes: 3, gzip: true } as const;
  const mapping = { type: "identify" as const, userId: "id", traits, constants: [] };
  const target = { settings, secrets: { writeKey: "write-key" }, mapping };
  const write = createEventWriter(target, orderWith({ columns }), { gate: localGate, clock: playedClock() });
  try {
    const written = await writeAll(write, copied());
    expect(written).toMatchObject({ delivered: 699, rejected: [{ key: '["311"]', code: "row_refused" }] });
    const { rows } = await client.query<{ id: string; traits: unknown }>(
      `select id::text, to_jsonb(odd) - 'id' as traits from odd where id <> 311 order by odd.id`,
    );
    const arrived = [...receiver.events.values()].toSorted((a, b) => Number(a["userId"]) - Number(b["userId"]));
    expect(arrived.map(({ userId, traits: sent }) => ({ id: userId, traits: sent }))).toEqual(rows);
    // Written a second time nothing new arrives: ids come from key and version.
    await writeAll(write, copied());
    expect(receiver.events.size).toBe(699);
  } finally {
    await receiver.close();
  }
});
