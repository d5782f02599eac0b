import type { Column } from "./batch-writer.ts";
import type { CopyLine } from "./copy-text/copy-line.ts";
import { putBytes, type ByteWriter } from "./json/byte-writer.ts";
import { jsonValueWriter, type JsonValueWriter } from "./json/json-value.ts";

/** A value of an object in the making, by the names that lead to it: a column's, or the same in every row. */
export type JsonEntry = { readonly path: readonly string[] } & (
  { readonly source: string } | { readonly value: string | number | boolean | null }
);

/** Writes the object of one row. */
export type JsonObjectWriter = (out: ByteWriter, line: CopyLine) => void;

/** Bytes up to a value, and the column whose value comes next. */
type Part = { readonly before: Buffer; readonly place: number; readonly put: JsonValueWriter };
type Node = Map<string, Node | JsonEntry>;

/**
 * Compiles an object with other objects inside into the bytes between the values of a row. Nothing is ever made into a
 * JavaScript object, so no name can reach a prototype (V18). Throws when two entries are in each other's way.
 */
export function compileJson(entries: readonly JsonEntry[], columns: readonly Column[]): JsonObjectWriter {
  const root: Node = new Map();
  for (const entry of entries) insert(root, entry.path, entry);
  const parts: Part[] = [];
  let text = "";
  const write = (node: Node): void => {
    text += "{";
    for (const [index, [name, item]] of [...node].entries()) {
      text += `${index === 0 ? "" : ","}${JSON.stringify(name)}:`;
      if (item instanceof Map) write(item);
      else if ("value" in item) text += JSON.stringify(item.value);
      else {
        parts.push({ before: Buffer.from(text), ...columnOf(columns, item.source) });
        text = "";
      }
    }
    text += "}";
  };
  write(root);
  const tail = Buffer.from(text);
  return (out, line) => {
    for (const { before, place, put } of parts) {
      putBytes(out, before, 0, before.length);
      put(out, line, place);
    }
    putBytes(out, tail, 0, tail.length);
  };
}

function insert(node: Node, path: readonly string[], entry: JsonEntry): void {
  const [name = "", ...rest] = path;
  const item = node.get(name);
  if (rest.length === 0) {
    if (item) throw new Error(`${entry.path.join(".")} is there twice.`);
    node.set(name, entry);
    return;
  }
  if (item && !(item instanceof Map)) throw new Error(`${item.path.join(".")} already has a value.`);
  const inner: Node = item ?? new Map();
  node.set(name, inner);
  insert(inner, rest, entry);
}

export function columnOf(
  columns: readonly Column[],
  name: string,
): { readonly place: number; readonly put: JsonValueWriter } {
  const place = columns.findIndex((column) => column.name === name);
  const column = columns[place];
  if (!column) throw new Error("A mapped column is not among those that were read.");
  return { place, put: jsonValueWriter(column) };
}
