import { withClient } from "@headgate/testkit";
import { startBenchServers } from "./bench-table.ts";
import { changeOneInAHundred, ourRun } from "./changing-table.ts";
import { pipeBySql } from "./psql-script.ts";
import { benchSize, inTurns, ratio, write, type Round } from "./rounds.ts";

/** `npm run bench mirror`: one row in a hundred changed, beside copying all again and beside stage + MERGE. */
const { rows, rounds } = benchSize();
const servers = await startBenchServers(rows);
const { source, destination } = servers;
const at = (server: typeof source, sql: string): Promise<void> =>
  withClient(server, "postgres", async (client) => void (await client.query(sql)));
const mirror = ourRun(servers, "mirror");
const names = { ours: "Headgate mirror", pipe: "all rows again by psql COPY", merge: "psql COPY to a stage + MERGE" };

const columns = `public_id, full_name, email, city, notes, preferences, credit, created_at, updated_at, active, tags`;
const set = columns.split(", ").map((name) => `${name} = s.${name}`);
const merge = `merge into merged t using stage s on t.id = s.id
  when matched and t is distinct from s then update set ${set.join(", ")}
  when not matched then insert values (s.id, s.${columns.split(", ").join(", s.")})
  when not matched by source then delete`;

let turns = 0;
const contenders: Round[] = [
  { name: names.ours, measure: () => change(mirror) },
  {
    name: names.pipe,
    measure: () =>
      change(async () => {
        await at(destination, "truncate plain; checkpoint");
        return pipeBySql(servers, { from: "bench_rows", into: "plain" });
      }),
  },
  {
    name: names.merge,
    measure: () =>
      change(() =>
        pipeBySql(servers, {
          before: "begin; create temp table stage (like bench_rows) on commit drop",
          from: "bench_rows",
          into: "stage",
          after: `${merge}; commit`,
        }),
      ),
  },
];

try {
  await at(
    destination,
    "create table plain (like bench_rows including indexes); create table merged (like bench_rows including indexes)",
  );
  await mirror();
  await at(destination, "vacuum analyze");
  await at(destination, "insert into merged table bench_rows");
  write(`mirror: ${rows.toLocaleString("en-US")} rows x 12 columns, 1 % changed, ${rounds} rounds in turns`);
  const seconds = await inTurns(contenders, rows, rounds);
  write(`ratio ${ratio(seconds, names.ours, names.pipe)} x all rows again (goal: at least 2.20)`);
  write(`ratio ${ratio(seconds, names.ours, names.merge)} x stage + MERGE (goal: at least 3.00)`);
} finally {
  await servers.stop();
}

/** Every round begins with other rows changed, and each contender takes them over once. */
async function change<T>(measure: () => Promise<T>): Promise<T> {
  if (turns % contenders.length === 0) await changeOneInAHundred(source, rows);
  turns += 1;
  await at(destination, "checkpoint");
  return measure();
}
