import { parseArgs } from "node:util";
import type { Measured } from "./contenders.ts";

export type Round = { readonly name: string; measure(warmUp: boolean): Promise<Measured & { readonly rows?: number }> };

/** How the launcher starts a worker (apps/headgate/src/programs.ts): what is measured has the same memory. */
export const workerFlags = ["--max-semi-space-size=2"];

export const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** How many rows and rounds were asked for. */
export function benchSize(usual = 500_000): { readonly rows: number; readonly rounds: number } {
  const { values } = parseArgs({
    options: { rows: { type: "string", default: String(usual) }, rounds: { type: "string", default: "5" } },
  });
  return { rows: wholeNumber("rows", values.rows), rounds: wholeNumber("rounds", values.rounds) };
}

/** Measures all contenders in turns, the first round only to warm up, and says the median seconds of each. */
export async function inTurns(
  contenders: readonly Round[],
  rows: number,
  rounds: number,
): Promise<Map<string, number>> {
  const results = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const measured = await contender.measure(round === 0);
      if (measured.rows !== undefined && measured.rows !== rows)
        throw new Error(`${contender.name} moved ${measured.rows} rows instead of ${rows}.`);
      if (round > 0) results.get(contender.name)?.push(measured);
    }
  }
  for (const [name, measured] of results) write(describe(name, measured, rows));
  return new Map([...results].map(([name, measured]) => [name, median(measured.map(({ seconds }) => seconds))]));
}

/** How fast one is beside another, from the medians. */
export function ratio(seconds: ReadonlyMap<string, number>, ours: string, theirs: string): string {
  return ((seconds.get(theirs) ?? 0) / (seconds.get(ours) ?? 1)).toFixed(2);
}

function describe(name: string, measured: readonly Measured[], rows: number): string {
  const seconds = median(measured.map((one) => one.seconds));
  const cpu = median(measured.map(({ cpuSeconds }) => cpuSeconds));
  const peak = Math.max(...measured.map(({ peakMegabytes = 0 }) => peakMegabytes));
  return [
    name.padEnd(44),
    `${Math.round(rows / seconds).toLocaleString("en-US")} rows/s`.padStart(16),
    `${seconds.toFixed(2)} s`.padStart(9),
    `${cpu.toFixed(2)} CPU s`.padStart(13),
    peak > 0 ? `${peak.toFixed(0)} MB`.padStart(9) : "".padStart(9),
    ` (${measured.map((one) => one.seconds.toFixed(2)).join(" ")})`,
  ].join("");
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new Error(`--${name} must be a whole number above 0.`);
  return Number(text);
}
