import { parseArgs } from "node:util";
import { arrived, emptyDestination, startBenchServers } from "./bench-table.ts";
import { headgate, yardstick, type Contender, type Measured } from "./contenders.ts";

/** `npm run bench append`: our append beside the plainest possible one, on the same two servers, in turns. */
const { values } = parseArgs({
  options: { rows: { type: "string", default: "500000" }, rounds: { type: "string", default: "5" } },
});
const rows = wholeNumber("rows", values.rows);
const rounds = wholeNumber("rounds", values.rounds);
const write = (line: string): void => void process.stdout.write(`${line}\n`);

const contenders = [headgate, yardstick()];
const servers = await startBenchServers(rows);
const results = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]));
try {
  write(`append: ${rows.toLocaleString("en-US")} rows x 12 columns, two servers, ${rounds} rounds in turns`);
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const measured = await measure(contender);
      // The first round only warms caches and files.
      if (round > 0) results.get(contender.name)?.push(measured);
    }
  }
} finally {
  await servers.stop();
}

for (const [name, measured] of results) write(describe(name, measured));
const [ours, theirs] = contenders.map(({ name }) => median(results.get(name) ?? [], "seconds"));
const peak = Math.max(...(results.get(headgate.name) ?? []).map(({ peakMegabytes = 0 }) => peakMegabytes));
write(`speed ${((theirs ?? 0) / (ours ?? 1)).toFixed(2)} x the yardstick (goal: at least 0.80)`);
write(`peak memory ${peak.toFixed(0)} MB (goal: under 200 MB)`);

async function measure(contender: Contender): Promise<Measured> {
  await emptyDestination(servers);
  const measured = await contender.measure(servers);
  const count = await arrived(servers);
  if (count !== rows) throw new Error(`${contender.name} moved ${count} rows instead of ${rows}.`);
  return measured;
}

function describe(name: string, measured: readonly Measured[]): string {
  const seconds = median(measured, "seconds");
  const all = measured.map((one) => one.seconds.toFixed(2)).join(" ");
  return [
    name.padEnd(42),
    `${Math.round(rows / seconds).toLocaleString("en-US")} rows/s`.padStart(16),
    `${seconds.toFixed(2)} s`.padStart(9),
    `${median(measured, "cpuSeconds").toFixed(2)} CPU s`.padStart(13),
    ` (${all})`,
  ].join("");
}

function median(measured: readonly Measured[], field: "seconds" | "cpuSeconds"): number {
  const sorted = measured.map((one) => one[field]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new Error(`--${name} must be a whole number above 0.`);
  return Number(text);
}
