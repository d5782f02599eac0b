import { lookAtUndo, RunFault } from "@headgate/connectors";
import { endpoints, type RunFailure, type Undo } from "@headgate/contract";
import { isTableFlow } from "@headgate/core";
import { enqueueRun, findFlow, findRun, inTransaction, readTarget, SecretUnreadableError } from "@headgate/store";
import type { Api, Call } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { invalid, Refusal } from "../http/refusal.ts";

type UndoCall = Call<typeof endpoints.lookAtUndo> | Call<typeof endpoints.undoRun>;

/** Taking the rows of a run back: what that would do, and starting the run that does it. */
export function undoRoutes(api: Api): void {
  const { store, gate } = api.context;
  const { db, queue } = store;

  mount(api, endpoints.lookAtUndo, async (call) => {
    try {
      return { status: "succeeded" as const, undo: await look(call) };
    } catch (error) {
      if (error instanceof RunFault) return { status: "failed" as const, failure: error.failure };
      if (error instanceof SecretUnreadableError) return { status: "failed" as const, failure: unreadable };
      throw error;
    }
  });

  mount(api, endpoints.undoRun, async (call) => {
    const { runId } = call.params;
    const undo = await look(call).catch((error: unknown) => {
      throw error instanceof RunFault || error instanceof SecretUnreadableError
        ? new Refusal("error:run/not-undoable")
        : error;
    });
    if (!undo.possible) throw new Refusal("error:run/not-undoable");
    if (call.body.number !== String(undo.removed + undo.restored + undo.returned))
      throw invalid({ number: "This is not the number of rows that would be undone. Look again and type it." });
    return inTransaction(db, async (client) => {
      const undone = await existing(runId);
      const run = await enqueueRun({ db: client, queue }, undone.flowId, "undo", { undoes: runId });
      if (run === "active") throw new Refusal("error:flow/run-active");
      return run;
    });
  });

  async function look({ params, signal }: UndoCall): Promise<Undo> {
    const { flowId } = await existing(params.runId);
    const flow = await findFlow(db, flowId);
    if (!flow) throw new Refusal("error:run/not-found");
    const { definition } = flow;
    if (!isTableFlow(definition) || !definition.keepsUndo) return { possible: false, reason: "not_kept" };
    if (flow.activeRun) throw new Refusal("error:flow/run-active");
    const target = await readTarget(store, definition.destination.connectionId);
    const { table } = definition.destination;
    const undone = { flowId, undoes: params.runId, table, syncKey: definition.syncKey };
    return lookAtUndo(undone, target, { gate, signal });
  }

  async function existing(id: string) {
    const run = await findRun(db, id);
    if (!run) throw new Refusal("error:run/not-found");
    return run;
  }
}

const unreadable: RunFailure = {
  origin: "platform",
  kind: "settings",
  code: "secret_unreadable",
  facts: {},
  detail: "",
  retryable: false,
};
