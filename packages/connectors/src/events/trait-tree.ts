import { traitPath } from "@headgate/contract";
import { jsonEncoder, type JsonEncoder } from "@headgate/core";
import type { Column, TextRow } from "../batch-writer.ts";

export type Trait = { readonly key: string } & (
  { readonly source: string } | { readonly value: string | number | boolean | null }
);

/** Text up to a value, and the column whose value comes next. */
type Part = { readonly text: string; readonly place: number; readonly encode: JsonEncoder };

type Node = Map<string, Node | Trait>;

/**
 * Compiles traits, `address.city` inside `address`, into the texts between the values of a row. Nothing is ever made
 * into an object, so no name of a trait can reach a prototype (V18).
 */
export function compileTraits(traits: readonly Trait[], columns: readonly Column[]): (row: TextRow) => string {
  const root: Node = new Map();
  for (const trait of traits) insert(root, traitPath(trait.key), trait);
  const parts: Part[] = [];
  let text = "";
  const write = (node: Node): void => {
    text += "{";
    for (const [index, [name, item]] of [...node].entries()) {
      text += `${index === 0 ? "" : ","}${JSON.stringify(name)}:`;
      if (item instanceof Map) write(item);
      else if ("value" in item) text += JSON.stringify(item.value);
      else {
        parts.push({ text, ...columnOf(columns, item.source) });
        text = "";
      }
    }
    text += "}";
  };
  write(root);
  const tail = text;
  return (row) => {
    let json = "";
    for (const { text: before, place, encode } of parts) {
      const value = row[place];
      json += before + (value === null || value === undefined ? "null" : encode(value));
    }
    return json + tail;
  };
}

function insert(node: Node, path: readonly string[], trait: Trait): void {
  const [name = "", ...rest] = path;
  const item = node.get(name);
  if (rest.length === 0) {
    if (item) throw new Error(`The trait ${trait.key} is there twice.`);
    node.set(name, trait);
    return;
  }
  if (item && !(item instanceof Map)) throw new Error(`The trait ${item.key} already has a value.`);
  const inner: Node = item ?? new Map();
  node.set(name, inner);
  insert(inner, rest, trait);
}

export function columnOf(
  columns: readonly Column[],
  name: string,
): { readonly place: number; readonly encode: JsonEncoder } {
  const place = columns.findIndex((column) => column.name === name);
  const column = columns[place];
  if (!column) throw new Error("A mapped column is not among those that were read.");
  return { place, encode: jsonEncoder(column.typeName) };
}
