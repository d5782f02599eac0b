import { endpoints } from "@headgate/contract";
import { liveWorkers, migrationState } from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";

type Part = { ready: boolean; detail: string };

/** Whether the process lives, whether it can work, and what pages need to know about the installation. */
export function systemRoutes(api: Api): void {
  const { store, version, practice, loopbackAllowed } = api.context;

  mount(api, endpoints.getHealth, () => ({ status: "alive" as const, version }));

  mount(api, endpoints.getReadiness, async ({ res }) => {
    const part = { store: await storePart(), migrations: await migrationsPart(), worker: await workerPart() };
    const ready = part.store.ready && part.migrations.ready && part.worker.ready;
    res.status(ready ? 200 : 503);
    return { ready, ...part };
  });

  mount(api, endpoints.getSystem, () => ({ version, practice: practice !== undefined, loopbackAllowed }));

  function storePart(): Promise<Part> {
    return judge(async () => {
      await store.db.query("select 1");
      return { ready: true, detail: "Answers." };
    });
  }

  function migrationsPart(): Promise<Part> {
    return judge(async () => {
      const { current, missing } = await migrationState(store.db);
      return { ready: current, detail: current ? "Up to date." : `${missing.length} to apply.` };
    });
  }

  function workerPart(): Promise<Part> {
    return judge(async () => {
      const { length } = await liveWorkers(store.db);
      return { ready: length > 0, detail: length === 1 ? "1 worker is alive." : `${length} workers are alive.` };
    });
  }
}

/** This page is public: it says that something is wrong, the log says what. */
async function judge(look: () => Promise<Part>): Promise<Part> {
  try {
    return await look();
  } catch {
    return { ready: false, detail: "The store does not answer." };
  }
}
