import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Settings } from "@headgate/core";
import { migrate } from "@headgate/store";
import { prepareFolders, setOrphansAside } from "./folders.ts";
import type { KeptProgram } from "./kept-program.ts";
import { lockFolder } from "./lock.ts";
import { ensureMasterKey } from "./master-key.ts";
import { prepareOwnStore } from "./own-store.ts";
import { preparePractice } from "./practice-server.ts";
import { startPrograms } from "./programs.ts";
import { untilReady } from "./readiness.ts";
import { newServers, recall, remember, type Remembered } from "./remembered.ts";
import { startServers, type Servers } from "./servers.ts";
import { makeSetupLink } from "./setup-link.ts";
import { chooseWebPort } from "./web-port.ts";
import { webAddress, welcome } from "./welcome.ts";

export type LaunchOptions = {
  readonly settings: Settings;
  /** The port was set by hand: it is that one or none. */
  readonly portAskedFor: boolean;
  /** Aborted to stop everything, also in the middle of the start. */
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
};

/**
 * Starts everything, tells where it is, and stays until `signal` is aborted; then stops everything in the opposite
 * order. Nothing that was started is left when this returns or throws.
 */
export async function launch({ settings, portAskedFor, signal, say }: LaunchOptions): Promise<void> {
  const startedAt = performance.now();
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const folders = await prepareFolders(settings.dataDir);
    const lock = await lockFolder(folders.data);
    undo.push(() => lock.release());
    const { port, note } = await chooseWebPort(settings.host, settings.port, portAskedFor);
    await mkdir(path.join(folders.data, "logs"), { recursive: true, mode: 0o700 });

    const recalled = await recall(folders.data);
    const orphans = recalled ? undefined : await setOrphansAside(folders);
    if (orphans !== undefined) say(`Databases of an earlier data folder at this place were moved to ${orphans}.`);
    const remembered = recalled ?? newServers();
    const ownStore = settings.databaseUrl === undefined;
    const masterKeyFile =
      ownStore && settings.masterKey === undefined && settings.masterKeyFile === undefined
        ? await ensureMasterKey(folders.data, recalled === undefined)
        : settings.masterKeyFile;
    await remember(folders.data, remembered);

    signal.throwIfAborted();
    const servers = await startServers(folders, remembered, ownStore, say);
    undo.push(() => Promise.all([servers.store?.stop(), servers.practice.stop()]));
    await remember(folders.data, {
      store: { ...remembered.store, ...(servers.store && { port: servers.store.cluster.port }) },
      practice: { ...remembered.practice, port: servers.practice.cluster.port },
    });

    signal.throwIfAborted();
    const [practiceFile, databaseUrl] = await Promise.all([
      preparePractice(servers.practice.cluster, remembered.practice, folders.data),
      prepareStore(settings, servers, remembered),
    ]);

    signal.throwIfAborted();
    const programs = await startPrograms({
      settings,
      folders,
      databaseUrl,
      masterKeyFile,
      practiceFile,
      port,
      report: say,
    });
    undo.push(() => Promise.all(programs.map((program) => program.stop())));
    const address = webAddress(settings.host, port);
    await Promise.race([untilReady(address, signal), ...programs.map(failAtFirstEnd)]);

    const setupLink = await makeSetupLink(databaseUrl, address);
    const seconds = (performance.now() - startedAt) / 1000;
    const programsFolder = servers.practice.cluster.programs;
    say(welcome({ address, note, setupLink, seconds, folders, programsFolder, ownStore }));
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve(), { once: true });
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    if (signal.aborted) say("Stopping ...");
    for (const stop of undo.reverse()) await stop();
  }
}

/** What ends before everything is ready has been set up wrongly, and would end again and again. */
async function failAtFirstEnd({ firstEnd }: KeptProgram): Promise<never> {
  throw new Error(await firstEnd);
}

/** The address of the migrated store: the one that was given, or that of our own server. */
async function prepareStore(settings: Settings, { store }: Servers, remembered: Remembered): Promise<string> {
  const databaseUrl =
    settings.databaseUrl ?? (store && (await prepareOwnStore(store.cluster, remembered.store.ownerPassword)));
  if (databaseUrl === undefined) throw new Error("There is neither a DATABASE_URL nor a store of our own.");
  await migrate(databaseUrl);
  return databaseUrl;
}
