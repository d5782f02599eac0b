import { traitPath, type EventDialect } from "@headgate/contract";
import { eventTime } from "./event-time.ts";
import type { TypedEvents } from "./judge-events.ts";
import { valueToJson } from "./value-to-json.ts";

type Columns = readonly { readonly name: string; readonly typeName: string }[];

export type EventPreview = {
  /** The event as JSON text, two spaces of indent; numbers digit for digit. */
  readonly text: string;
  /** Where traits stand in it: `["context", "traits"]`. */
  readonly traitsAt: readonly string[];
  /** Why this row would be set aside in place of being sent; undefined when it would not. */
  readonly fault: string | undefined;
};

/** Where each kind of event API looks for the traits of an identify. */
export const identifyTraits = {
  rudderstack: ["context", "traits"],
  segment: ["traits"],
} as const satisfies Record<EventDialect, readonly string[]>;

/** Stands for the id that repeats of a row's version share; it is made when the row is sent. */
export const messageIdSign = "…";

/** A JSON object in the making: names lead to texts of values or to further objects. No name can reach a prototype. */
type Node = Map<string, Node | string>;

/**
 * The event one row becomes, for people to look at: what `connectors/events` sends, but also for a mapping that is not
 * finished, where what is missing is left out and of two keys in each other's way the first stays.
 */
export function eventToJson(
  events: TypedEvents,
  columns: Columns,
  row: readonly (string | null)[],
  dialect: EventDialect,
): EventPreview {
  const { type = "identify", userId, anonymousId, event, timestamp, traits = [], constants = [] } = events;
  const at = (name: string | undefined): number => columns.findIndex((column) => column.name === name);
  const textOf = (name: string | undefined): string | null => row[at(name)] ?? null;
  const traitsAt = type === "track" ? ["properties"] : identifyTraits[dialect];
  const root: Node = new Map([
    ["type", JSON.stringify(type)],
    ["messageId", JSON.stringify(messageIdSign)],
  ]);

  for (const [name, id] of [
    ["userId", textOf(userId)],
    ["anonymousId", textOf(anonymousId)],
  ] as const)
    if (id) root.set(name, JSON.stringify(id));
  const happened = event?.kind === "constant" ? event.text.trim() : textOf(event?.column);
  if (type === "track" && happened) root.set("event", JSON.stringify(happened));
  const moment = textOf(timestamp);
  const time = moment === null ? undefined : eventTime(moment);
  if (time !== undefined) root.set("timestamp", JSON.stringify(time));

  put(root, ["context", "library", "name"], '"headgate"');
  root.set(traitsAt[0] ?? "", root.get(traitsAt[0] ?? "") ?? new Map());
  if (traitsAt.length > 1) put(root, traitsAt, new Map());
  for (const { source, key } of traits) {
    const column = columns[at(source)];
    if (column) put(root, [...traitsAt, ...traitPath(key)], valueToJson(column.typeName, textOf(source)).value);
  }
  for (const { key, value } of constants) put(root, [...traitsAt, ...traitPath(key)], JSON.stringify(value));

  return { text: written(root, ""), traitsAt, fault: faultOf() };

  function faultOf(): string | undefined {
    const asked = [userId, anonymousId].filter((name) => at(name) >= 0);
    if (asked.length > 0 && asked.every((name) => !textOf(name)))
      return `It has no value in ${asked.join(" and ")}, so nothing says which person it is about.`;
    if (type === "track" && event?.kind === "column" && at(event.column) >= 0 && !happened)
      return `It has no value in ${event.column}, so nothing says what happened.`;
    return moment !== null && time === undefined
      ? `The moment in ${timestamp} cannot be a date of an event.`
      : undefined;
  }
}

function put(root: Node, path: readonly string[], value: Node | string): void {
  let node = root;
  for (const name of path.slice(0, -1)) {
    const inner = node.get(name) ?? new Map<string, Node | string>();
    if (typeof inner === "string") return;
    node.set(name, inner);
    node = inner;
  }
  const last = path.at(-1) ?? "";
  if (!node.has(last)) node.set(last, value);
}

function written(node: Node, indent: string): string {
  if (node.size === 0) return "{}";
  const lines = [...node].map(
    ([name, value]) =>
      `${indent}  ${JSON.stringify(name)}: ${typeof value === "string" ? value : written(value, `${indent}  `)}`,
  );
  return `{\n${lines.join(",\n")}\n${indent}}`;
}
