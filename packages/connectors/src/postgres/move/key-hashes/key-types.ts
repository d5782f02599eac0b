import { types } from "pg";
import { ident } from "../../identifiers.ts";
import type { ColumnType } from "./column-hashes.ts";

/** How the values of a key column are put in order: by their bytes on the wire, with or without a sign. */
export type KeyType = {
  readonly signed: boolean;
  readonly words: boolean;
  /** An array type, with the number of its elements' type, in which many keys go to a server at once. */
  readonly list: { readonly name: string; readonly elementOid: number };
};

const { DATE, INT2, INT4, INT8, OID, TEXT, TIMESTAMP, TIMESTAMPTZ, UUID, VARCHAR } = types.builtins;

function keyType(name: string, elementOid: number, order: { signed?: boolean; words?: boolean }): KeyType {
  const list = { name: `pg_catalog.${name}[]`, elementOid };
  return { signed: order.signed ?? false, words: order.words ?? false, list };
}

/** Types in which two keys are one key exactly when their bytes are the same, so unlike numeric, float or citext. */
const keyTypes: ReadonlyMap<number, KeyType> = new Map([
  [INT2, keyType("int2", INT2, { signed: true })],
  [INT4, keyType("int4", INT4, { signed: true })],
  [INT8, keyType("int8", INT8, { signed: true })],
  [OID, keyType("oid", OID, {})],
  [UUID, keyType("uuid", UUID, {})],
  [DATE, keyType("date", DATE, { signed: true })],
  [TIMESTAMP, keyType("timestamp", TIMESTAMP, { signed: true })],
  [TIMESTAMPTZ, keyType("timestamptz", TIMESTAMPTZ, { signed: true })],
  [TEXT, keyType("text", TEXT, { words: true })],
  [VARCHAR, keyType("text", TEXT, { words: true })],
]);

/** The order of a key with these types at both ends, or undefined where they have none in common. */
export function keyOrder(source: readonly ColumnType[], destination: readonly ColumnType[]): KeyType[] | undefined {
  const found = destination.flatMap(({ oid }, place) => (source[place]?.oid === oid ? (keyTypes.get(oid) ?? []) : []));
  return found.length === destination.length && found.length > 0 ? found : undefined;
}

/** `ORDER BY` for a key, the same on every server: words go by their bytes, not by a language. */
export function orderBySql(key: readonly string[], order: readonly KeyType[]): string {
  return key.map((name, place) => ident(name) + (order[place]?.words ? ' collate pg_catalog."C"' : "")).join(", ");
}
