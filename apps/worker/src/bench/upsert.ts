import { columnNames, fillHalf, requireArrived, startBenchServers } from "./bench-table.ts";
import { headgate } from "./contenders.ts";
import { pipeBySql } from "./psql-script.ts";
import { benchSize, inTurns, ratio, write, type Round } from "./rounds.ts";

/** `npm run bench upsert`: half of the rows are there, changed; beside psql's COPY into a stage and ON CONFLICT. */
const { rows, rounds } = benchSize();
const servers = await startBenchServers(rows);

const onHalf = (name: string, measure: Round["measure"]): Round => ({
  name,
  measure: async (warmUp) => {
    await fillHalf(servers, rows);
    const measured = await measure(warmUp);
    await requireArrived(servers, rows);
    return measured;
  },
});
const changes = columnNames.slice(1).map((name) => `${name} = excluded.${name}`);
const ours = onHalf("Headgate upsert", () => headgate(servers, { mode: "upsert" }));
const theirs = onHalf("psql COPY to a stage; INSERT ON CONFLICT", () =>
  pipeBySql(servers, {
    from: "bench_rows",
    into: "stage",
    before: "create temp table stage as table bench_rows with no data",
    after: `insert into bench_rows select * from stage on conflict (id) do update set ${changes.join(", ")}`,
  }),
);

try {
  write(`upsert: ${rows.toLocaleString("en-US")} rows, half of them there and changed, ${rounds} rounds in turns`);
  const seconds = await inTurns([ours, theirs], rows, rounds);
  write(`ratio ${ratio(seconds, ours.name, theirs.name)} x psql with a stage (goal: at least 1.00)`);
} finally {
  await servers.stop();
}
