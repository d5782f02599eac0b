import { emptyDestination, makeTenth, startBenchServers, tenthTable } from "./bench-table.ts";
import { headgate } from "./contenders.ts";
import { benchSize, write } from "./rounds.ts";

/** `npm run bench memory`: the peak memory of a run beside that of a tenth of its rows. */
const { rows, rounds } = benchSize(2_000_000);
const servers = await startBenchServers(rows);

const peaks = async (mode: "append" | "upsert"): Promise<{ readonly all: number; readonly tenth: number }> => {
  const found = { all: [] as number[], tenth: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const size of ["all", "tenth"] as const) {
      await emptyDestination(servers);
      const measured = await headgate(servers, size === "all" ? { mode } : { mode, from: tenthTable });
      found[size].push(measured.peakMegabytes ?? Number.NaN);
    }
  }
  return { all: Math.max(...found.all), tenth: median(found.tenth) };
};

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

try {
  await makeTenth(servers, rows);
  write(`memory: ${rows.toLocaleString("en-US")} rows beside a tenth of them, ${rounds} rounds in turns`);
  for (const mode of ["append", "upsert"] as const) {
    const { all, tenth } = await peaks(mode);
    write(
      `${mode}: at most ${all.toFixed(0)} MB, ${(all / tenth).toFixed(2)} x that of a tenth (goal: at most 160 MB, 1.30 x)`,
    );
  }
} finally {
  await servers.stop();
}
