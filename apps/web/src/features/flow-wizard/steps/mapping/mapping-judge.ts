import { destinationAnswersSchema, type Draft, type Stream } from "@headgate/contract";
import { destinationSyncKey, judgeMapping, type MappingFault, type StepFault } from "@headgate/core";
import { mappedFields, type MappingRow } from "./mapping-rows.ts";

/** Everything that would, or could, make a run with these rows of the form fail. */
export function judgeRows(
  rows: readonly MappingRow[],
  draft: Draft,
  source: Stream,
  destination: Stream | null,
): MappingFault[] {
  const fields = mappedFields(rows);
  const answers = destinationAnswersSchema.safeParse(draft.steps.destination).data;
  const syncKey = answers?.kind === "postgres" ? destinationSyncKey(answers, { fields }) : [];
  return judgeMapping(fields, source, destination, syncKey);
}

/** Faults that keep the step from being finished, at the fields they belong to. */
export function stepFaults(faults: readonly MappingFault[]): StepFault[] {
  return faults
    .filter((fault) => fault.severity === "error")
    .map(({ field, message }) => ({ field: field === null ? "fields" : `fields.${field}.destination`, message }));
}

/** The faults of each row, by source column. */
export function faultsByRow(
  rows: readonly MappingRow[],
  faults: readonly MappingFault[],
): ReadonlyMap<string, readonly MappingFault[]> {
  const found = new Map<string, MappingFault[]>();
  const sent = rows.filter((row) => row.send);
  for (const fault of faults) {
    const source = fault.field === null ? undefined : sent[fault.field]?.source;
    if (source !== undefined) found.set(source, [...(found.get(source) ?? []), fault]);
  }
  return found;
}
