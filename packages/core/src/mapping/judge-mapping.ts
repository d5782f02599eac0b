import { identifierSchema, type Field, type FieldMapping, type Stream } from "@headgate/contract";
import { compareTypes } from "./compare-types.ts";
import { isWritable } from "./propose-mapping.ts";

export const mappingCodes = [
  "source_missing",
  "source_unreadable",
  "name_refused",
  "destination_repeated",
  "destination_missing",
  "destination_generated",
  "destination_identity",
  "type_never",
  "type_may_fail",
  "empty_may_fail",
  "required_unmapped",
  "key_unmapped",
  "key_not_unique",
] as const;
export type MappingCode = (typeof mappingCodes)[number];

export type MappingFault = {
  /** The index in the mapping, or null when it concerns the mapping as a whole. */
  readonly field: number | null;
  readonly severity: "error" | "warning";
  readonly code: MappingCode;
  readonly message: string;
};

/**
 * Everything that would, or could, make a run with this mapping fail. `destination` is null for a table still to be
 * created; `syncKey` names destination columns.
 */
export function judgeMapping(
  fields: readonly FieldMapping[],
  source: Stream,
  destination: Stream | null,
  syncKey: readonly string[] = [],
): MappingFault[] {
  const seen = new Set<string>();
  const perField = fields.flatMap((mapping, index) => {
    const faults = [...judgeSource(mapping, source), ...judgeName(mapping, seen)];
    if (destination && faults.length === 0) faults.push(...judgePair(mapping, source, destination));
    return faults.map((fault) => ({ field: index, ...fault }));
  });
  return [
    ...perField,
    ...judgeKey(fields, syncKey, destination),
    ...(destination ? missing(fields, destination, syncKey) : []),
  ];
}

type Found = Omit<MappingFault, "field">;

function judgeSource(mapping: FieldMapping, source: Stream): Found[] {
  const field = source.fields.find(({ name }) => name === mapping.source);
  if (!field) return [error("source_missing", `${source.name} has no column ${mapping.source} any more.`)];
  return field.readable ? [] : [error("source_unreadable", `This login may not read the column ${mapping.source}.`)];
}

function judgeName({ destination }: FieldMapping, seen: Set<string>): Found[] {
  const parsed = identifierSchema.safeParse(destination);
  if (!parsed.success) return [error("name_refused", parsed.error.issues[0]?.message ?? "This name cannot be used.")];
  if (seen.has(destination))
    return [error("destination_repeated", `Two columns are both called ${destination}. Rename one.`)];
  seen.add(destination);
  return [];
}

function judgePair(mapping: FieldMapping, source: Stream, destination: Stream): Found[] {
  const from = source.fields.find(({ name }) => name === mapping.source);
  const to = destination.fields.find(({ name }) => name === mapping.destination);
  if (!to) return [error("destination_missing", `${destination.name} has no column ${mapping.destination}.`)];
  if (to.generated) return [error("destination_generated", `${to.name} is computed by the database. Leave it out.`)];
  if (to.identity === "always")
    return [error("destination_identity", `${to.name} is numbered by the database. Leave it out.`)];
  return from ? [...judgeType(from, to), ...judgeEmpty(from, to)] : [];
}

function judgeType(from: Field, to: Field): Found[] {
  const { fit, reason = "" } = compareTypes(from, to);
  if (fit === "never") return [error("type_never", reason)];
  return fit === "may_fail" ? [{ severity: "warning", code: "type_may_fail", message: reason }] : [];
}

function judgeEmpty(from: Field, to: Field): Found[] {
  if (!from.nullable || to.nullable) return [];
  const message = `${to.name} must not be empty; rows without a value in ${from.name} are refused.`;
  return [{ severity: "warning", code: "empty_may_fail", message }];
}

function judgeKey(
  fields: readonly FieldMapping[],
  syncKey: readonly string[],
  destination: Stream | null,
): MappingFault[] {
  const faults = syncKey
    .filter((key) => !fields.some((field) => field.destination === key))
    .map((key) => whole("key_unmapped", `Keep ${key}: it tells one row from another.`));
  if (syncKey.length === 0 || !destination) return faults;
  const unique = destination.uniqueKeys.some(
    ({ columns }) => columns.length === syncKey.length && columns.every((column) => syncKey.includes(column)),
  );
  if (unique) return faults;
  return [...faults, whole("key_not_unique", `${destination.name} has no unique key on ${syncKey.join(", ")}.`)];
}

/** Columns that must have a value and get none; of the sync key that was said already. */
function missing(fields: readonly FieldMapping[], destination: Stream, syncKey: readonly string[]): MappingFault[] {
  return destination.fields
    .filter((field) => !field.nullable && !field.hasDefault && isWritable(field) && field.identity === null)
    .filter(({ name }) => !syncKey.includes(name) && !fields.some((field) => field.destination === name))
    .map(({ name }) => whole("required_unmapped", `${name} must have a value. Choose a column for it.`));
}

function error(code: MappingCode, message: string): Found {
  return { severity: "error", code, message };
}

function whole(code: MappingCode, message: string): MappingFault {
  return { field: null, ...error(code, message) };
}
