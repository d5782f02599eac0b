import { traitKeyFault, type EventMapping, type Field, type Stream } from "@headgate/contract";
import { likelySecret } from "./likely-secret.ts";
import { inNameStyle, type NameStyle } from "./name-style.ts";

/** Names of columns that say who a row is about, the surest first; case and signs between words do not count. */
const userIdNames = ["userid", "id", "email"];
const anonymousIdNames = ["anonymousid"];
const momentNames = [
  "timestamp",
  "occurredat",
  "happenedat",
  "eventtime",
  "eventat",
  "sentat",
  "createdat",
  "updatedat",
];

/** The columns that name the person by themselves (RudderStack's three and `id`); any other has to be chosen. */
export function proposeIdentifiers({ fields }: Stream): Pick<EventMapping, "userId" | "anonymousId"> {
  const userId = firstNamed(fields, userIdNames);
  const anonymousId = firstNamed(fields, anonymousIdNames);
  return { ...(userId !== undefined && { userId }), ...(anonymousId !== undefined && { anonymousId }) };
}

/** The column that most likely says when something happened. */
export function proposeMoment({ fields }: Stream): string | undefined {
  return firstNamed(fields.filter(holdsMoment), momentNames);
}

/** Whether events can take their time from a column. */
export function holdsMoment({ typeName }: Pick<Field, "typeName">): boolean {
  return ["pg_catalog.timestamptz", "pg_catalog.timestamp", "pg_catalog.date"].includes(typeName);
}

/** The name a column gets as a trait; one that dots would take apart in an impossible way keeps none. */
export function traitKeyFor(column: string, style: NameStyle = "as_is"): string {
  const key = inNameStyle(column, style);
  if (traitKeyFault(key) === undefined) return key;
  return inNameStyle(column, "snake").replaceAll(".", "_");
}

/** What a mapping to events begins with: an identify of every readable column that is no likely secret. */
export function proposeEvents(source: Stream): EventMapping {
  const identifiers = proposeIdentifiers(source);
  const { userId, anonymousId } = identifiers;
  const traits = source.fields
    .filter(({ name, readable }) => readable && !likelySecret(name) && name !== anonymousId)
    // An id says who it is about already; an e-mail address is worth having as a trait too.
    .filter(({ name }) => name !== userId || folded(name) === "email")
    .map(({ name }) => ({ source: name, key: traitKeyFor(name) }));
  return { type: "identify", ...identifiers, traits, constants: [] };
}

function firstNamed(fields: readonly Field[], names: readonly string[]): string | undefined {
  const readable = fields.filter((field) => field.readable);
  return names.flatMap((wanted) => readable.find(({ name }) => folded(name) === wanted) ?? [])[0]?.name;
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, "");
}
