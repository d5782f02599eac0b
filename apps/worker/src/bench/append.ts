import { textTable, emptyDestination, requireArrived, startBenchServers } from "./bench-table.ts";
import { headgate, yardstick } from "./contenders.ts";
import { benchSize, inTurns, ratio, write, type Round } from "./rounds.ts";

/** `npm run bench append`: our append beside the plainest possible one, on the same two servers, in turns. */
const { rows, rounds } = benchSize();
const servers = await startBenchServers(rows);

const emptied = (name: string, measure: Round["measure"], table?: string): Round => ({
  name,
  measure: async (warmUp) => {
    await emptyDestination(servers);
    const measured = await measure(warmUp);
    await requireArrived(servers, rows, table);
    return measured;
  },
});
const theirs = yardstick(servers);
const text = emptied("Headgate append, text", () => headgate(servers, { to: textTable }), textTable.name);
const binary = emptied("Headgate append, binary", () => headgate(servers));

try {
  write(`append: ${rows.toLocaleString("en-US")} rows x 12 columns, two servers, ${rounds} rounds in turns`);
  const seconds = await inTurns([text, binary, emptied(theirs.name, theirs.measure)], rows, rounds);
  write(`text ratio ${ratio(seconds, text.name, theirs.name)} x the yardstick (goal: at least 0.95)`);
  write(`binary ratio ${ratio(seconds, binary.name, theirs.name)} x the yardstick (goal: at least 1.15)`);
} finally {
  await servers.stop();
}
