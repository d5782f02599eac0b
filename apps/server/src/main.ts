import { describeSettingsFaults, parseSettings } from "@headgate/core";
import { forbidMemoryDumps, openStore, readMasterKey } from "@headgate/store";
import { pino } from "pino";
import { describeError } from "./http/describe-error.ts";
import { readPracticeFile } from "./practice-file.ts";
import { startServer } from "./start.ts";
import { readVersion } from "./version.ts";

/** The web process: reads its settings, answers until SIGTERM or SIGINT, finishes what is under way, exits with 0. */
async function main(): Promise<void> {
  forbidMemoryDumps();
  const verdict = parseSettings(process.env);
  if (!verdict.ok) throw new Error(describeSettingsFaults(verdict.faults));
  const { settings } = verdict;
  if (settings.databaseUrl === undefined) throw new Error("The web process needs DATABASE_URL.");
  // Whoever reads the log may die before us. pino's own writer could then wait for ever (sonic-boom 4.2, broken pipe).
  process.stdout.on("error", () => {});
  const log = pino({ level: settings.logLevel, base: { part: "server" } }, process.stdout);
  // A fault in one request must not end the others; whoever supervises us sees it in the log.
  process.on("uncaughtException", (error) => log.error({ err: describeError(error) }, "Nobody caught this error."));
  process.on("unhandledRejection", (error) => log.error({ err: describeError(error) }, "Nobody caught this error."));

  const practice = await readPracticeFile(process.env["HEADGATE_PRACTICE_FILE"]);
  const store = await openStore({ databaseUrl: settings.databaseUrl, masterKey: await readMasterKey(settings) });
  const server = await startServer({ settings, store, version: readVersion(), log, ...(practice && { practice }) });
  log.info({ url: server.url }, "Listening.");

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await server.close();
    await store.close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
