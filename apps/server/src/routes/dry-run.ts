import { createTableSql, dryRun, foretellSending } from "@headgate/connectors";
import {
  endpoints,
  type CheckFailure,
  type DryRun,
  type FlowDefinition,
  type TableFlowDefinition,
} from "@headgate/contract";
import { isTableFlow, judgeStep, proposeMapping, sourceOf } from "@headgate/core";
import { readReceiver, readTarget, SecretUnreadableError } from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { existingDraft } from "./drafts.ts";
import { createsTable, definitionOf, finishedSteps, incomplete, plannedSteps } from "./draft-plan.ts";
import { look, newTable } from "./draft-tables.ts";
import { requireSentFit } from "./sent-fit.ts";

/** Looking ahead at what publishing and the first run would do, without doing it. */
export function dryRunRoutes(api: Api): void {
  const { store, gate } = api.context;

  mount(api, endpoints.previewCreateTable, async ({ context, params, signal }) => {
    const { steps: typed } = await existingDraft(api, params.draftId);
    const steps = await finishedSteps(store.db, typed, ["credentials", "table", "destination"]);
    const source = await look(context, sourceOf(steps.credentials.connectionId, steps.table), signal);
    if (source.status === "failed") return source;
    // Asked before the mapping is made, the table has the columns that the mapping will start with.
    const judged = judgeStep("mapping", typed);
    const mapping = judged.complete ? judged.answers : { fields: proposeMapping(source.stream, null) };
    const definition = requireTable(definitionOf({ ...steps, mapping }, { kind: "manual" }));
    return { status: "succeeded" as const, sql: createTableSql(newTable(definition, source.stream)) };
  });

  mount(api, endpoints.dryRunDraft, async ({ context, params, signal }): Promise<DryRun> => {
    const draft = await existingDraft(api, params.draftId);
    const steps = await finishedSteps(store.db, draft.steps, plannedSteps);
    const definition = definitionOf(steps, { kind: "manual" });
    try {
      const source = await readTarget(store, definition.source.connectionId);
      if (!isTableFlow(definition)) {
        await requireSentFit(context, definition, signal);
        const target = await readReceiver(store, definition.destination.connectionId);
        return await foretellSending({ flowId: draft.id, definition, target }, source, { gate, signal });
      }
      const destination = await readTarget(store, definition.destination.connectionId);
      const plan = { ...definition, createsTable: createsTable(steps.destination) };
      return await dryRun(plan, source, destination, { gate, signal });
    } catch (error) {
      if (error instanceof SecretUnreadableError) return { status: "failed", failure: unreadable };
      throw error;
    }
  });
}

function requireTable(definition: FlowDefinition): TableFlowDefinition {
  if (isTableFlow(definition)) return definition;
  throw incomplete([{ field: "destination.kind", message: "Only a table in a database can be created." }]);
}

const unreadable = { origin: "platform", code: "secret_unreadable", facts: {}, detail: "" } as const satisfies Partial<
  CheckFailure & { origin: string }
>;
