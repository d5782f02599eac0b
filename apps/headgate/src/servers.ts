import { rename, stat } from "node:fs/promises";
import path from "node:path";
import type { Folders } from "./folders.ts";
import { keepCluster, type KeptCluster } from "./kept-cluster.ts";
import type { Remembered } from "./remembered.ts";

export type Servers = { readonly store: KeptCluster | undefined; readonly practice: KeptCluster };

// Statements are not logged even when they fail: some set passwords.
const settings = { log_min_error_statement: "panic" };
const largestLogBytes = 10_000_000;

/** Starts our PostgreSQL servers side by side: the store's unless there is another one, and the practice one. */
export async function startServers(
  folders: Folders,
  remembered: Remembered,
  ownStore: boolean,
  report: (text: string) => void,
): Promise<Servers> {
  const start = async (name: "store" | "practice"): Promise<KeptCluster> => {
    const logFile = await freshLog(folders, `postgresql-${name}`);
    const { password, port } = remembered[name];
    const dataDir = path.join(folders.clusters, name);
    return keepCluster({ name, logFile, report, dataDir, password, port, settings, account: folders.account });
  };
  const [store, practice] = await Promise.allSettled([ownStore ? start("store") : undefined, start("practice")]);
  if (store.status === "fulfilled" && practice.status === "fulfilled")
    return { store: store.value, practice: practice.value };
  for (const result of [store, practice]) if (result.status === "fulfilled") await result.value?.stop();
  throw store.status === "rejected" ? store.reason : practice.status === "rejected" ? practice.reason : undefined;
}

/** The path of a log; a large one from earlier starts makes room. */
export async function freshLog(folders: Pick<Folders, "data">, name: string): Promise<string> {
  const file = path.join(folders.data, "logs", `${name}.log`);
  const existing = await stat(file).catch(() => undefined);
  if (existing && existing.size > largestLogBytes) await rename(file, `${file}.old`);
  return file;
}
