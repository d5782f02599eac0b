import { z } from "zod";
import { identifierSchema } from "./fields.ts";

export const deepestTrait = 32;
const longestTrait = 200;

/** The names a trait's key leads through: `address.city` is the city inside the address. */
export function traitPath(key: string): readonly string[] {
  return key.split(".");
}

/** Says in one sentence why a trait cannot have this key, or undefined when it can (bad inputs 150-162). */
export function traitKeyFault(key: string): string | undefined {
  if (key === "") return "Enter the name of the trait.";
  if (key.includes("\0") || !key.isWellFormed()) return "A trait's name cannot contain broken or invisible characters.";
  if (key.length > longestTrait) return `A trait's name has at most ${longestTrait} characters.`;
  const path = traitPath(key);
  if (path.includes("")) return "There is nothing in front of, behind or between the dots of this name.";
  if (path.length > deepestTrait) return `Traits can be nested at most ${deepestTrait} levels deep.`;
  if (path.includes("__proto__") || path.some((name, at) => name === "constructor" && path[at + 1] === "prototype"))
    return "This name has a meaning inside JavaScript and could break the receiver; choose another.";
  return undefined;
}

/** Says which keys cannot stand beside each other: the same one twice, or one inside another. */
export function traitKeysFault(
  keys: readonly string[],
): { readonly index: number; readonly message: string } | undefined {
  const taken = new Set<string>();
  const inner = new Set<string>();
  for (const [index, key] of keys.entries()) {
    if (taken.has(key)) return { index, message: `The trait ${key} is there twice.` };
    const path = traitPath(key);
    const above = path.slice(1).map((_, at) => path.slice(0, at + 1).join("."));
    const holder = above.find((name) => taken.has(name));
    if (holder !== undefined)
      return { index, message: `The trait ${holder} already has a value, so ${key} cannot be inside it.` };
    if (inner.has(key))
      return { index, message: `The trait ${key} already has traits inside, so it cannot have a value.` };
    taken.add(key);
    for (const name of above) inner.add(name);
  }
  return undefined;
}

const traitKeySchema = z.string().superRefine((key, context) => {
  const fault = traitKeyFault(key);
  if (fault) context.addIssue({ code: "custom", message: fault });
});

const constantSchema = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]);

export const eventTypes = ["identify", "track"] as const;

/** How a row becomes an event: who it is about, what happened, and which columns travel as traits or properties. */
export const eventMappingSchema = z
  .strictObject({
    type: z.enum(eventTypes),
    userId: identifierSchema.optional(),
    anonymousId: identifierSchema.optional(),
    /** What happened, for track only: the same for every row, or a column's text. */
    event: z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("constant"), text: z.string().trim().min(1).max(200) }),
        z.strictObject({ kind: z.literal("column"), column: identifierSchema }),
      ])
      .optional(),
    /** The column that says when; without one the receiver's own clock counts. */
    timestamp: identifierSchema.optional(),
    traits: z.array(z.strictObject({ source: identifierSchema, key: traitKeySchema })).max(1600),
    /** Traits with the same value in every event. */
    constants: z.array(z.strictObject({ key: traitKeySchema, value: constantSchema })).max(100),
  })
  .superRefine(({ type, userId, anonymousId, event, traits, constants }, context) => {
    const refuse = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: "custom", path, message });
    if (userId === undefined && anonymousId === undefined)
      refuse(["userId"], "Choose the column that says which person a row is about.");
    if (type === "track" && event === undefined) refuse(["event"], "Say what happened, for example Order placed.");
    const fault = traitKeysFault([...traits, ...constants].map(({ key }) => key));
    if (!fault) return;
    const { index, message } = fault;
    refuse(index < traits.length ? ["traits", index, "key"] : ["constants", index - traits.length, "key"], message);
  });
export type EventMapping = z.infer<typeof eventMappingSchema>;
