import { emptyDestination, requireArrived, startBenchServers, textTable } from "./bench-table.ts";
import { headgate, yardstick } from "./contenders.ts";
import { openBenchWorker } from "./bench-worker.ts";
import { benchSize, inTurns, ratio, write, type Round } from "./rounds.ts";

/** `npm run bench whole-run`: from "run now" to the receipt, through queue, lease and a worker, beside the copy alone. */
const { rows, rounds } = benchSize();
const servers = await startBenchServers(rows);
const worker = await openBenchWorker(servers);

const emptied = (name: string, measure: Round["measure"], table = textTable.name): Round => ({
  name,
  measure: async (warmUp) => {
    await emptyDestination(servers);
    const measured = await measure(warmUp);
    await requireArrived(servers, rows, table);
    return measured;
  },
});
const alone = emptied("Headgate append, text, alone", () => headgate(servers, { to: textTable }));
const whole = emptied("the same as a run of a worker", () => worker.run());
const theirs = yardstick(servers);

try {
  write(
    `whole run: ${rows.toLocaleString("en-US")} rows x 12 columns, two servers and a store, ${rounds} rounds in turns`,
  );
  const seconds = await inTurns([alone, whole, emptied(theirs.name, theirs.measure, "bench_rows")], rows, rounds);
  write(`ratio ${ratio(seconds, whole.name, alone.name)} x the copy alone (goal: at least 0.90)`);
  write(`ratio ${ratio(seconds, whole.name, theirs.name)} x the yardstick`);
} finally {
  await worker.close();
  await servers.stop();
}
