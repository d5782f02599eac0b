import { endpoints, type Flow } from "@headgate/contract";
import { deleteFlow, enqueueRun, findFlow, inTransaction, listFlows, pauseFlow, resumeFlow } from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { Refusal } from "../http/refusal.ts";

/** Published flows. */
export function flowRoutes(api: Api): void {
  const { db, queue } = api.context.store;

  mount(api, endpoints.listFlows, async () => ({ flows: await listFlows(db) }));

  mount(api, endpoints.getFlow, ({ params }) => existing(params.flowId));

  mount(api, endpoints.runFlow, async ({ params }) => {
    if ((await existing(params.flowId)).paused) throw new Refusal("error:flow/paused");
    return inTransaction(db, async (client) => {
      const run = await enqueueRun({ db: client, queue }, params.flowId, "manual");
      if (run === "active") throw new Refusal("error:flow/run-active");
      return run;
    });
  });

  mount(api, endpoints.pauseFlow, async ({ params }) => {
    await pauseFlow(db, params.flowId);
    return existing(params.flowId);
  });

  mount(api, endpoints.resumeFlow, async ({ params }) => {
    await resumeFlow(db, params.flowId);
    return existing(params.flowId);
  });

  mount(api, endpoints.deleteFlow, async ({ params }) => {
    const result = await deleteFlow(db, params.flowId);
    if (result === "not_found") throw new Refusal("error:flow/not-found");
    if (result === "run_active") throw new Refusal("error:flow/run-active");
    return {};
  });

  async function existing(id: string): Promise<Flow> {
    const flow = await findFlow(db, id);
    if (!flow) throw new Refusal("error:flow/not-found");
    return flow;
  }
}
