import { withClient } from "@headgate/testkit";
import { startBenchServers } from "./bench-table.ts";
import { ourRun } from "./changing-table.ts";
import { readBySql } from "./psql-script.ts";
import { benchSize, inTurns, ratio, write, type Round } from "./rounds.ts";

/** `npm run bench diff`: finding out what changed, beside reading all of the same rows. */
const { rows, rounds } = benchSize();
const servers = await startBenchServers(rows);
const { source, destination } = servers;
const mirror = ourRun(servers, "mirror");
const upsert = ourRun(servers, "upsert");
const names = {
  nothing: "Headgate mirror, nothing changed",
  changed: "Headgate upsert, 1 % changed (xmin)",
  all: "psql COPY of all rows to nowhere",
};
let round = 0;

const contenders: Round[] = [
  { name: names.nothing, measure: () => mirror() },
  {
    name: names.changed,
    measure: async () => {
      round += 1;
      await withClient(source, "postgres", async (client) => {
        await client.query(`update bench_rows set city = 'moved ${round}' where id % 100 = ${round % 100}`);
        await client.query("vacuum (analyze) bench_rows");
      });
      const { rows: read, ...measured } = await upsert("incremental");
      if (read !== Math.floor((rows + 100 - (round % 100)) / 100)) throw new Error(`${read} rows were read.`);
      return measured;
    },
  },
  { name: names.all, measure: () => readBySql(servers, "bench_rows") },
];

try {
  await mirror();
  await upsert("incremental");
  await withClient(destination, "postgres", (client) => client.query("vacuum (analyze) bench_rows"));
  write(`diff: ${rows.toLocaleString("en-US")} rows x 12 columns, ${rounds} rounds in turns`);
  const seconds = await inTurns(contenders, rows, rounds);
  write(`ratio ${ratio(seconds, names.nothing, names.all)} x reading all, nothing changed (goal: at least 1.70)`);
  write(`ratio ${ratio(seconds, names.changed, names.all)} x reading all, 1 % changed by xmin (goal: at least 10.00)`);
} finally {
  await servers.stop();
}
