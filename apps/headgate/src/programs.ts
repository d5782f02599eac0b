import path from "node:path";
import type { Settings } from "@headgate/core";
import type { Folders } from "./folders.ts";
import { keepProgram, type KeptProgram } from "./kept-program.ts";
import { freshLog } from "./servers.ts";

export type ProgramFacts = {
  readonly settings: Settings;
  readonly folders: Folders;
  readonly databaseUrl: string;
  readonly masterKeyFile: string | undefined;
  readonly practiceFile: string;
  readonly port: number;
  readonly report: (text: string) => void;
};

/** Starts the web server and the worker, each a process of its own that is started again when it dies. */
export async function startPrograms(facts: ProgramFacts): Promise<KeptProgram[]> {
  const env = environment(facts);
  const start = async (name: "server" | "worker"): Promise<KeptProgram> =>
    keepProgram({
      name: name === "server" ? "web server" : "worker",
      args: [...watchFlags(), "--enable-source-maps", ...memoryFlags[name], entryPoint(name)],
      env,
      logFile: await freshLog(facts.folders, name),
      report: facts.report,
    });
  return Promise.all([start("server"), start("worker")]);
}

/**
 * Bytes on their way die young, and what dies young is cleared away the sooner the less room it has: with 16 MB, Node's own
 * choice, a worker that only reads takes 180 MB, with 2 MB 110.
 */
const memoryFlags = { server: [], worker: ["--max-semi-space-size=2"] } as const;

/** `npm run dev` has the programs started again whenever a source file of theirs changes. */
function watchFlags(): string[] {
  return process.env["HEADGATE_WATCH"] === undefined ? [] : ["--watch", "--watch-preserve-output"];
}

/** Built programs start built ones; from the sources, Node runs the sources. */
function entryPoint(app: "server" | "worker"): string {
  const apps = path.resolve(import.meta.dirname, "..", "..");
  const file = import.meta.filename.endsWith(".ts") ? ["src", "main.ts"] : ["dist", "main.js"];
  return path.join(apps, app, ...file);
}

function environment(facts: ProgramFacts): NodeJS.ProcessEnv {
  const { settings, masterKeyFile } = facts;
  const foreign = Object.entries(process.env).filter(([name]) => !/^(HEADGATE_|DATABASE_URL$|PG|npm_)/.test(name));
  return {
    ...Object.fromEntries(foreign),
    NODE_ENV: "production",
    DATABASE_URL: facts.databaseUrl,
    ...(settings.masterKey !== undefined && { HEADGATE_MASTER_KEY: settings.masterKey }),
    ...(masterKeyFile !== undefined && { HEADGATE_MASTER_KEY_FILE: masterKeyFile }),
    HEADGATE_HOST: settings.host,
    HEADGATE_PORT: String(facts.port),
    HEADGATE_DATA_DIR: facts.folders.data,
    ...(settings.filesDir !== undefined && { HEADGATE_FILES_DIR: settings.filesDir }),
    HEADGATE_EGRESS_ALLOW: settings.egressAllow.join(","),
    HEADGATE_TRUST_PROXY: settings.trustProxy.join(","),
    HEADGATE_RATE_LIMITS: settings.rateLimits,
    HEADGATE_LOG_LEVEL: settings.logLevel,
    HEADGATE_PRACTICE_FILE: facts.practiceFile,
  };
}
