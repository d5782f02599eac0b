import { describeSettingsFaults, parseSettings, removeDriverVariables } from "@headgate/core";
import { forbidMemoryDumps, openStore, readMasterKey } from "@headgate/store";
import { readPracticeServices } from "./egress-rules.ts";
import { createLog } from "./log.ts";
import { startWorker } from "./start.ts";
import { readVersion } from "./version.ts";

const ignored = removeDriverVariables(process.env);

try {
  forbidMemoryDumps();
} catch (error) {
  fail(reason(error));
}
const verdict = parseSettings(process.env);
if (!verdict.ok) fail(describeSettingsFaults(verdict.faults));
const { settings } = verdict;
const { databaseUrl } = settings;
if (databaseUrl === undefined)
  fail("The worker needs DATABASE_URL. `npm start` starts everything, the database included.");

const log = createLog(settings.logLevel);
if (ignored.length > 0) log.warn(`These environment variables are not used: ${ignored.join(", ")}.`);
const masterKey = await readMasterKey(settings).catch((error: unknown) => fail(reason(error)));
const store = await openStore({ databaseUrl, masterKey }).catch((error: unknown) => fail(reason(error)));
const practice = await readPracticeServices(process.env["HEADGATE_PRACTICE_FILE"]).catch((error: unknown) =>
  fail(reason(error)),
);

// What nobody caught ends the process: its runs roll back and are taken up again. Printed by Node it would show values.
for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (error: unknown) => {
    log.fatal({ error }, "nobody caught this error");
    process.exit(1);
  });

const starting = startWorker({
  settings: { ...settings, databaseUrl },
  store,
  version: readVersion(),
  log,
  practice,
});
// Runs may be under way before the start is over; a signal must find somebody who listens then.
let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));

await starting.catch((error: unknown) => fail(reason(error)));

/** The first signal drains; a second one ends at once, and what was under way is taken up again when its lease is over. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  log.info({ signal }, "signal received");
  if (stopping) process.exit(1);
  stopping = true;
  const worker = await starting;
  await worker.close();
  await store.close();
  process.exit(0);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
