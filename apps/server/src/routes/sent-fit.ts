import type { FlowDefinition, Stream } from "@headgate/contract";
import { changesOf, judgeEvents, type StepFault } from "@headgate/core";
import type { ServerContext } from "../context.ts";
import { incomplete } from "./draft-plan.ts";
import { look, required } from "./draft-tables.ts";

/** Looks at the source as it is now and refuses what a run towards a receiver or a file would stumble over. */
export async function requireSentFit(
  context: ServerContext,
  definition: FlowDefinition,
  signal: AbortSignal,
): Promise<void> {
  const source = required("table", await look(context, definition.source, signal));
  const faults = [
    ...mappingFaults(definition, source),
    ...keyFaults(definition, source),
    ...readFaults(definition, source),
  ];
  if (faults.length > 0) throw incomplete(faults);
}

function mappingFaults({ destination, fields }: FlowDefinition, source: Stream): StepFault[] {
  if (destination.kind === "events")
    return judgeEvents(destination.mapping, source)
      .filter(({ severity }) => severity === "error")
      .map(({ field, message }) => ({ field: `mapping.events.${field}`, message }));
  if (fields.length === 0) return [{ field: "mapping.fields", message: "Choose at least one column." }];
  const taken = new Set<string>();
  return fields.flatMap(({ source: name, destination: key }, index) => {
    const again = taken.has(key);
    taken.add(key);
    const message = again ? `The name ${key} is there twice.` : columnFault(name, source);
    return message === undefined ? [] : [{ field: `mapping.fields.${index}`, message }];
  });
}

function keyFaults({ syncKey }: FlowDefinition, source: Stream): StepFault[] {
  return syncKey.flatMap((name) => {
    const message = columnFault(name, source);
    return message === undefined ? [] : [{ field: "destination.syncKey", message }];
  });
}

function readFaults(definition: FlowDefinition, { kind }: Stream): StepFault[] {
  if (definition.readMode === "full" || changesOf(definition, kind)?.by === "xmin") return [];
  const message = "Only the changes PostgreSQL marks in tables can be sent. Choose that every run reads all rows.";
  return [{ field: "destination.readMode", message }];
}

function columnFault(name: string, source: Stream): string | undefined {
  const field = source.fields.find((one) => one.name === name);
  if (!field) return `${source.name} has no column ${name} any more.`;
  return field.readable ? undefined : `This login may not read the column ${name}.`;
}
