import path from "node:path";
import { freePort, spawnTetheredNode } from "@headgate/store/embedded";
import { makeTestFolder } from "./test-folder.ts";

export type ProductOptions = {
  /** The launcher: its source, or the built program. */
  readonly launcher: string;
  /** Absent: a fresh one, removed when the product is disposed of. */
  readonly dataDir?: string;
  /** Beside a free HEADGATE_PORT and the data folder; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
};

export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type Product = {
  readonly pid: number;
  readonly dataDir: string;
  /** Settles when its terminal says that it is ready; rejects when it ends before. */
  readonly ready: Promise<{ readonly url: string; readonly setupLink: string | undefined }>;
  readonly ended: Promise<Ending>;
  /** Everything it has said so far. */
  readonly output: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** As Ctrl-C does; then removes the data folder if it was made here. */
  readonly dispose: () => Promise<void>;
};

/** Starts Headgate as `npm start` does, in a process of its own that cannot outlive the test. */
export async function startProduct({ launcher, dataDir, env = {} }: ProductOptions): Promise<Product> {
  const made = dataDir === undefined ? await makeTestFolder() : undefined;
  const folder = dataDir ?? path.join(made?.path ?? "", "data");
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(HEADGATE_|DATABASE_URL$|VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name),
    ),
  );
  const own = { HEADGATE_PORT: String(await freePort()), HEADGATE_DATA_DIR: folder, ...env };
  const child = spawnTetheredNode([launcher], { ...inherited, ...own });

  let said = "";
  const ended = new Promise<Ending>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  const ready = new Promise<{ url: string; setupLink: string | undefined }>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /^ {2}Open +(\S+)/m.exec(said)?.[1];
      // "Stop" is the last line of the welcome.
      if (url && /^ {2}Stop /m.test(said)) resolve({ url, setupLink: /^ {2}Set up +(\S+)/m.exec(said)?.[1] });
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    void ended.then(() => reject(new Error(`Headgate ended before it was ready. It said:\n${said}`)));
  });
  // Whoever waits for the end only is not interested in readiness.
  ready.catch(() => {});

  return {
    pid: child.pid ?? 0,
    dataDir: folder,
    ready,
    ended,
    output: () => said,
    kill: (signal) => void child.kill(signal),
    dispose: async () => {
      child.kill("SIGINT");
      await ended;
      await made?.remove();
    },
  };
}
