import {
  stepIds,
  type DestinationAnswers,
  type FlowDefinition,
  type MappingAnswers,
  type StepAnswers,
  type StepId,
  type TableDestinationAnswers,
  type TypedSteps,
} from "@headgate/contract";
import { destinationSyncKey, judgeStep, sourceOf, type StepFault } from "@headgate/core";
import type { Queryable } from "@headgate/store";
import { Refusal } from "../http/refusal.ts";
import { storedFacts } from "./draft-facts.ts";

/** Everything a draft answers, each step complete and fitting the others. */
export type FinishedSteps = { [S in StepId]: StepAnswers[S] };

/** Parses the named steps again, whatever was judged when they were saved; names every fault as `step.field`. */
export async function finishedSteps<S extends StepId>(
  db: Queryable,
  steps: TypedSteps,
  wanted: readonly S[],
): Promise<Pick<FinishedSteps, S>> {
  const faults: StepFault[] = [];
  const answers: Partial<Record<StepId, unknown>> = {};
  for (const step of wanted) {
    const verdict = judgeStep(step, steps);
    const found = verdict.complete ? await storedFacts(db, step, steps) : verdict.faults;
    faults.push(...found.map(({ field, message }) => ({ field: field ? `${step}.${field}` : step, message })));
    if (verdict.complete) answers[step] = verdict.answers;
  }
  if (faults.length > 0) throw incomplete(faults);
  return answers as Pick<FinishedSteps, S>;
}

/** Refuses a draft, naming what is missing or no longer fits as `step.field`. */
export function incomplete(faults: readonly StepFault[]): Refusal {
  const fields = Object.fromEntries(faults.map(({ field, message }) => [field, message]).toReversed());
  return new Refusal("error:draft/incomplete", { fields });
}

/** All steps but the last two: enough to count, to preview SQL, and to know what would run. */
export const plannedSteps = stepIds.filter((step) => step !== "schedule" && step !== "review");

/** The flow that a finished draft describes. */
export function definitionOf(
  steps: Pick<FinishedSteps, "credentials" | "table" | "destination" | "mapping">,
  schedule: FlowDefinition["schedule"],
): FlowDefinition {
  const { credentials, table, destination, mapping } = steps;
  const { kind, connectionId, readMode, badRows } = destination;
  const source = sourceOf(credentials.connectionId, table);
  const changes = readMode === "incremental" && destination.changes ? { changes: destination.changes } : {};
  const common = { source, readMode, ...changes, badRows, schedule };
  if (kind === "postgres") return { ...common, ...intoTable(destination, mapping) };
  // Whatever receives rows one by one can only be given them.
  const sent = { ...common, writeMode: "append", syncKey: destination.syncKey } as const;
  if (kind !== "events") return { ...sent, destination: { kind, connectionId }, fields: mapping.fields };
  if (!mapping.events) throw incomplete([{ field: "mapping.events", message: "Say how a row becomes an event." }]);
  return { ...sent, destination: { kind, connectionId, mapping: mapping.events }, fields: [] };
}

/** Whether the answers ask for a table that does not exist yet. */
export function createsTable(destination: DestinationAnswers): boolean {
  return destination.kind === "postgres" && destination.target === "create";
}

function intoTable(destination: TableDestinationAnswers, mapping: MappingAnswers) {
  const { connectionId, schema, name, writeMode, keepsState, keepsUndo, sqlBefore, sqlAfter } = destination;
  return {
    destination: { kind: "postgres", connectionId, table: { schema, name } },
    writeMode,
    ...(keepsState && { keepsState }),
    ...(sqlBefore && { sqlBefore }),
    ...(sqlAfter && { sqlAfter }),
    ...(keepsUndo && { keepsUndo }),
    syncKey: destinationSyncKey(destination, mapping),
    fields: mapping.fields,
  } as const;
}
