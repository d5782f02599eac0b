import { describeSettingsFaults, parseSettings, removeDriverVariables } from "@headgate/core";
import { launch } from "./launch.ts";

const impatientMs = 2000;

async function main(): Promise<void> {
  // Nor do the programs started here inherit them.
  removeDriverVariables(process.env);
  const verdict = parseSettings(process.env);
  if (!verdict.ok) {
    console.error(describeSettingsFaults(verdict.faults));
    process.exitCode = 1;
    return;
  }
  try {
    await launch({
      settings: verdict.settings,
      portAskedFor: (process.env["HEADGATE_PORT"] ?? "").trim() !== "",
      signal: stopSignal(),
      say: (text) => console.log(text),
    });
  } catch (error) {
    console.error(describe(error));
    process.exitCode = 1;
  }
}

/** A terminal's Ctrl-C arrives twice, from the terminal and from `npm start`; a later one means "now". */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let firstAt: number | undefined;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => {
      firstAt ??= Date.now();
      stop.abort();
      if (Date.now() - firstAt > impatientMs) process.exit(1);
    });
  return stop.signal;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `\n  ${error.cause.message}` : "";
  return `Headgate cannot start. ${error.message}${cause}`;
}

await main();
