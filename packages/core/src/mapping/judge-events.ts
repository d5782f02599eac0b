import type { EventMapping, Field, Stream, TypedSteps } from "@headgate/contract";
import { holdsMoment } from "./propose-events.ts";

/** A mapping to events as far as it is made. */
export type TypedEvents = NonNullable<NonNullable<TypedSteps["mapping"]>["events"]>;

export type EventMappingFault = {
  /** The field of the mapping, dotted: `traits.3.key`. */
  readonly field: string;
  readonly severity: "error" | "warning";
  readonly message: string;
};

/** What only the source table knows of a mapping to events: columns that are gone, closed, or do not say when. */
export function judgeEvents(events: TypedEvents | EventMapping, source: Stream): EventMappingFault[] {
  const { type, userId, anonymousId, event, timestamp, traits = [] } = events;
  const wanted: readonly (readonly [field: string, column: string | undefined])[] = [
    ["userId", userId],
    ["anonymousId", anonymousId],
    ["event.column", type === "track" && event?.kind === "column" ? event.column : undefined],
    ["timestamp", timestamp],
    ...traits.map((trait, index) => [`traits.${index}.key`, trait.source] as const),
  ];
  const columns = new Map(source.fields.map((field) => [field.name, field]));
  const faults = wanted.flatMap(([field, name]): EventMappingFault[] => {
    if (name === undefined || name === "") return [];
    const column = columns.get(name);
    if (!column) return [error(field, `${source.name} has no column ${name} any more.`)];
    return column.readable ? judgeUse(field, column) : [error(field, `This login may not read the column ${name}.`)];
  });
  return [...faults, ...judgeNobody(userId, anonymousId, columns)];
}

function judgeUse(field: string, column: Field): EventMappingFault[] {
  if (field === "timestamp" && !holdsMoment(column))
    return [error(field, `${column.name} holds no date or time. Choose another column, or none.`)];
  if (field === "event.column" && column.nullable)
    return [warning(field, `Rows without a value in ${column.name} are set aside: nothing says what happened.`)];
  return [];
}

function judgeNobody(
  userId: string | undefined,
  anonymousId: string | undefined,
  columns: ReadonlyMap<string, Field>,
): EventMappingFault[] {
  const named = [userId, anonymousId].flatMap((name) => (name && columns.get(name)) || []);
  if (named.length === 0 || named.some((column) => !column.nullable)) return [];
  const names = named.map(({ name }) => name).join(" and ");
  const field = userId ? "userId" : "anonymousId";
  return [warning(field, `Rows without a value in ${names} are set aside: nothing says which person they are about.`)];
}

function error(field: string, message: string): EventMappingFault {
  return { field, severity: "error", message };
}

function warning(field: string, message: string): EventMappingFault {
  return { field, severity: "warning", message };
}
