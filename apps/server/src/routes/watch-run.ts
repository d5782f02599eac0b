import { setTimeout as pause } from "node:timers/promises";
import { endpoints } from "@headgate/contract";
import { findRun } from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mountStream } from "../http/mount-stream.ts";
import { Refusal } from "../http/refusal.ts";

/** How often a watched run is looked up: one row by its key, 0.2 ms of the store. */
const lookMilliseconds = 500;

/** Follows one run; says something only when something has changed, and ends with the run. */
export function watchRunRoutes(api: Api): void {
  const { store, stopping } = api.context;

  mountStream(api, endpoints.watchRun, async ({ params, signal }, send) => {
    const over = AbortSignal.any([signal, stopping]);
    let said = "";
    for (;;) {
      const run = await findRun(store.db, params.runId);
      if (!run && said === "") throw new Refusal("error:run/not-found");
      if (!run) return;
      const now = JSON.stringify(run);
      if (now !== said) send(run);
      said = now;
      if (run.finishedAt !== null || over.aborted) return;
      await pause(lookMilliseconds, undefined, { signal: over }).catch(() => {});
    }
  });
}
