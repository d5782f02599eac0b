import { endpoints, type Run } from "@headgate/contract";
import { findFlow, findRun, listRuns, requestCancel } from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { Refusal } from "../http/refusal.ts";

/** Executions of flows. */
export function runRoutes(api: Api): void {
  const { db } = api.context.store;

  mount(api, endpoints.listRuns, async ({ params, query }) => {
    const runs = await listRuns(db, params.flowId, query.limit);
    if (runs.length === 0 && !(await findFlow(db, params.flowId))) throw new Refusal("error:flow/not-found");
    return { runs };
  });

  mount(api, endpoints.getRun, ({ params }) => existing(params.runId));

  mount(api, endpoints.cancelRun, async ({ params }) => {
    const run = await requestCancel(db, params.runId);
    if (run === "not_found") throw new Refusal("error:run/not-found");
    if (run === "not_active") throw new Refusal("error:run/not-active");
    return run;
  });

  async function existing(id: string): Promise<Run> {
    const run = await findRun(db, id);
    if (!run) throw new Refusal("error:run/not-found");
    return run;
  }
}
