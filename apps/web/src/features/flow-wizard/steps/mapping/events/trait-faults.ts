import { traitKeyFault, traitKeysFault, type Stream } from "@headgate/contract";
import { judgeEvents, type EventMappingFault, type TypedEvents } from "@headgate/core";
import type { RowFault } from "../column-list.tsx";
import { mappedFields, type MappingRow } from "../mapping-rows.ts";
import { eventsCopy } from "./copy.ts";
import { isConstant, type ConstantRow } from "./events-form.ts";

/** Everything there is to say about a mapping to events while it is made, by field: `traits.3.key`. */
export function eventFaults(
  events: TypedEvents,
  constants: readonly ConstantRow[],
  source: Stream,
): EventMappingFault[] {
  const { traits = [] } = events;
  const keys = [...traits.map(({ key }) => key), ...constants.map(({ key }) => key)];
  const fieldOf = (index: number): string =>
    index < traits.length ? `traits.${index}.key` : `constants.${index - traits.length}.key`;
  const single = keys.flatMap((key, index) => {
    const message = traitKeyFault(key);
    return message === undefined ? [] : [error(fieldOf(index), message)];
  });
  const clash = traitKeysFault(keys);
  const values = constants.flatMap(({ kind, text }, index) =>
    isConstant(kind, text) ? [] : [error(`constants.${index}.value`, eventsCopy.numberFault)],
  );
  return [
    ...judgeEvents(events, source),
    ...single,
    ...(clash ? [error(fieldOf(clash.index), clash.message)] : []),
    ...values,
  ];
}

/** The faults of each column's trait, by column. */
export function traitFaults(
  rows: readonly MappingRow[],
  faults: readonly EventMappingFault[],
): ReadonlyMap<string, readonly RowFault[]> {
  const found = new Map<string, RowFault[]>();
  const sent = mappedFields(rows);
  for (const { field, severity, message } of faults) {
    const place = /^traits\.(\d+)\.key$/.exec(field)?.[1];
    const column = place === undefined ? undefined : sent[Number(place)]?.source;
    if (column !== undefined) found.set(column, [...(found.get(column) ?? []), { severity, message }]);
  }
  return found;
}

function error(field: string, message: string): EventMappingFault {
  return { field, severity: "error", message };
}
