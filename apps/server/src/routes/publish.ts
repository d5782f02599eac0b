import { createTable } from "@headgate/connectors";
import { endpoints, stepIds, type Run, type TableFlowDefinition } from "@headgate/contract";
import { isTableFlow } from "@headgate/core";
import { deleteDraft, enqueueRun, findDraft, findFlow, inTransaction, insertFlow, listRuns } from "@headgate/store";
import type { Api, Call } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { Refusal } from "../http/refusal.ts";
import { createsTable, definitionOf, finishedSteps, incomplete } from "./draft-plan.ts";
import { newTable, requireFit, tableFault } from "./draft-tables.ts";
import { reach } from "./reach.ts";
import { requireSentFit } from "./sent-fit.ts";

type PublishCall = Call<typeof endpoints.publishDraft>;

/**
 * Turns a draft into a flow. It can be tried again after any failure: the table is created only when it is not there
 * yet, the flow has the draft's id, and flow, first run and the draft's end are one transaction.
 */
export function publishRoutes(api: Api): void {
  const { db, queue } = api.context.store;

  mount(api, endpoints.publishDraft, async (call) => {
    const { draftId } = call.params;
    const draft = await findDraft(db, draftId);
    if (!draft) return publishedBefore(draftId);
    if (draft.revision !== call.body.revision) throw new Refusal("error:draft/outdated");

    const steps = await finishedSteps(db, draft.steps, stepIds);
    const definition = definitionOf(steps, steps.schedule);
    if (isTableFlow(definition)) {
      const creates = createsTable(steps.destination);
      const source = await requireFit(call.context, definition, creates, call.signal);
      if (creates) await create(call, definition, source);
    } else await requireSentFit(call.context, definition, call.signal);

    const { name, runNow } = steps.review;
    return inTransaction(db, async (client) => {
      if (!(await deleteDraft(client, draftId))) return publishedBefore(draftId);
      await insertFlow(client, { id: draftId, name, definition, practice: draft.practice });
      const run = runNow ? await enqueueRun({ db: client, queue }, draftId, "manual") : undefined;
      return { flowId: draftId, runId: idOf(run) };
    });
  });

  /** The answer of the first time got lost; the second gets the same. */
  async function publishedBefore(id: string): Promise<{ flowId: string; runId: string | null }> {
    if (!(await findFlow(db, id))) throw new Refusal("error:draft/not-found");
    const runs = await listRuns(db, id, 1);
    return { flowId: id, runId: runs[0]?.id ?? null };
  }
}

async function create(
  { context, signal }: PublishCall,
  definition: TableFlowDefinition,
  source: Parameters<typeof newTable>[1],
): Promise<void> {
  const verdict = await reach(context, definition.destination.connectionId, signal, (target, ctx) =>
    createTable(target, newTable(definition, source), ctx),
  );
  if (verdict.status === "failed")
    throw incomplete([{ field: "destination.name", message: tableFault("created", verdict.failure) }]);
}

function idOf(run: Run | "active" | undefined): string | null {
  return run === undefined || run === "active" ? null : run.id;
}
