import { describeRelation, type NewTable } from "@headgate/connectors";
import type { CheckFailure, FlowSource, Stream, TableFlowDefinition } from "@headgate/contract";
import { judgeMapping } from "@headgate/core";
import type { ServerContext } from "../context.ts";
import { incomplete } from "./draft-plan.ts";
import { reach } from "./reach.ts";

type Failed = { status: "failed"; failure: CheckFailure };

/** A table or query as it is at this moment, or why it could not be read. */
export function look(
  context: ServerContext,
  place: FlowSource,
  signal: AbortSignal,
): Promise<{ status: "succeeded"; stream: Stream } | Failed> {
  return reach(context, place.connectionId, signal, (target, ctx) => describeRelation(target, place, ctx));
}

/** The destination table a definition asks to create, with the columns its source has now. */
export function newTable({ destination, fields, syncKey }: TableFlowDefinition, source: Stream): NewTable {
  return { source, fields, table: destination.table, syncKey };
}

/**
 * Looks at both tables as they are now and refuses what a run would stumble over; warnings were shown and accepted.
 * @param creates whether the destination table is still to be created.
 */
export async function requireFit(
  context: ServerContext,
  definition: TableFlowDefinition,
  creates: boolean,
  signal: AbortSignal,
): Promise<Stream> {
  const source = required("table", await look(context, definition.source, signal));
  const destination = creates ? null : required("destination", await look(context, definition.destination, signal));
  const faults = judgeMapping(definition.fields, source, destination, definition.syncKey)
    .filter(({ severity }) => severity === "error")
    .map(({ field, message }) => ({ field: field === null ? "mapping.fields" : `mapping.fields.${field}`, message }));
  if (faults.length > 0) throw incomplete(faults);
  return source;
}

/** Refuses when a table could not be looked at; `step` is where a person can do something about it. */
export function required(
  step: "table" | "destination",
  verdict: { status: "succeeded"; stream: Stream } | Failed,
): Stream {
  if (verdict.status === "succeeded") return verdict.stream;
  throw incomplete([{ field: `${step}.name`, message: tableFault("read", verdict.failure) }]);
}

/** Why a table could not be read or created, as one sentence beside the field that names it. */
export function tableFault(verb: "read" | "created", { code, detail }: CheckFailure): string {
  if (code === "table_exists") return "A table of this name is already there. Choose another name, or use that table.";
  const reason = detail === "" ? `Reason: ${code}.` : `The database said: ${detail}`;
  return `This table could not be ${verb}. ${reason}`;
}
