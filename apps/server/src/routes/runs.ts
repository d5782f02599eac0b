import { endpoints, type Run } from "@headgate/contract";
import {
  confirmRun,
  findFlow,
  findRetryState,
  findRun,
  inTransaction,
  listRuns,
  readRejectedRows,
  requestCancel,
  retryRejected,
} from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { invalid, Refusal } from "../http/refusal.ts";

/** Executions of flows. */
export function runRoutes(api: Api): void {
  const { db, queue } = api.context.store;

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

  mount(api, endpoints.listRejectedRows, async ({ params }) => {
    await existing(params.runId);
    const { retryable = false, retriedBy = null } = (await findRetryState(db, params.runId)) ?? {};
    return { rows: retriedBy ? [] : await readRejectedRows(api.context.store, params.runId), retryable, retriedBy };
  });

  mount(api, endpoints.retryRejectedRows, ({ params }) =>
    inTransaction(db, async (client) => {
      const run = await retryRejected({ db: client, queue }, params.runId);
      if (run === "not_found") throw new Refusal("error:run/not-found");
      if (run === "not_retryable") throw new Refusal("error:run/not-retryable");
      if (run === "paused") throw new Refusal("error:flow/paused");
      if (run === "active") throw new Refusal("error:flow/run-active");
      return run;
    }),
  );

  mount(api, endpoints.confirmRun, ({ params, body }) =>
    inTransaction(db, async (client) => {
      const run = await confirmRun({ db: client, queue }, params.runId, body);
      if (run === "not_found") throw new Refusal("error:run/not-found");
      if (run === "not_asking") throw new Refusal("error:run/not-asking");
      if (run === "active") throw new Refusal("error:flow/run-active");
      if (run === "other_number") throw invalid({ number: "This is not the number of the question above." });
      return run;
    }),
  );

  async function existing(id: string): Promise<Run> {
    const run = await findRun(db, id);
    if (!run) throw new Refusal("error:run/not-found");
    return run;
  }
}
