import { withClient } from "@headgate/testkit";
import { startBenchServers } from "./bench-table.ts";
import { ourRun } from "./changing-table.ts";
import { longestWait } from "./longest-wait.ts";
import { pipeBySql } from "./psql-script.ts";
import { benchSize, inTurns, ratio, write, type Round } from "./rounds.ts";

/** `npm run bench replace`: all rows in place of all rows, beside psql filling an empty table; and how long readers wait. */
const { rows, rounds } = benchSize();
const servers = await startBenchServers(rows);
const { destination } = servers;
const at = (sql: string): Promise<void> =>
  withClient(destination, "postgres", async (client) => void (await client.query(sql)));
const replace = ourRun(servers, "replace");
const names = { ours: "Headgate replace", pipe: "psql COPY into an empty table" };

const contenders: Round[] = [
  {
    name: names.ours,
    measure: async () => {
      await at("checkpoint");
      return replace();
    },
  },
  {
    name: names.pipe,
    measure: async () => {
      await at("truncate plain; checkpoint");
      return pipeBySql(servers, { from: "bench_rows", into: "plain" });
    },
  },
];

try {
  await at("create table plain (like bench_rows including indexes)");
  await replace();
  write(`replace: ${rows.toLocaleString("en-US")} rows x 12 columns, ${rounds} rounds in turns`);
  const seconds = await inTurns(contenders, rows, rounds);
  write(`ratio ${ratio(seconds, names.ours, names.pipe)} x psql COPY (goal: at least 0.95)`);
  const waits: number[] = [];
  for (let round = 0; round < rounds; round += 1) waits.push(await longestWait(destination, "bench_rows", replace));
  const median = waits.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  const all = waits.map((ms) => ms.toFixed(0)).join(" ");
  write(`longest wait of a reader ${median.toFixed(0)} ms (${all}; goal: at most 200 ms)`);
} finally {
  await servers.stop();
}
