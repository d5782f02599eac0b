import type { FlowDefinition, TableFlowDefinition } from "@headgate/contract";

/** Whether a flow's rows end in a PostgreSQL table. */
export function isTableFlow(definition: FlowDefinition): definition is TableFlowDefinition {
  return definition.destination.kind === "postgres";
}
