import { endpoints, rereadWord, type Flow } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import {
  askReread,
  deleteFlow,
  enqueueRun,
  findFlow,
  inTransaction,
  listFlows,
  pauseFlow,
  resumeFlow,
  takeBackReread,
} from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { invalid, Refusal } from "../http/refusal.ts";

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

  mount(api, endpoints.rereadFlow, async ({ params, body }) => {
    const { writeMode } = (await existing(params.flowId)).definition;
    if (!writeModeRules[writeMode].needsSyncKey && !writeModeRules[writeMode].readsAll && body.word !== rereadWord)
      throw invalid({ word: `Type “${rereadWord}” to say that all these rows are added once more.` });
    await askReread(db, params.flowId, body.from);
    return existing(params.flowId);
  });

  mount(api, endpoints.takeBackReread, async ({ params }) => {
    await takeBackReread(db, params.flowId);
    return existing(params.flowId);
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
