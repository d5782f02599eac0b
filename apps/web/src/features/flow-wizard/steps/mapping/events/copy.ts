import type { MappingWords } from "../mapping-words.ts";

export const eventsCopy = {
  whoTitle: "Who is a row about?",
  whoText: "An event belongs to a person. Choose the column that names them.",
  userId: "User ID",
  userIdHint: "A number or text that stays the same for one person. A database id is better than an e-mail address.",
  anonymousId: "Anonymous ID (optional)",
  anonymousIdHint: "For visitors who have not signed in. One of the two is enough.",
  none: "None",
  pickedByName: "Picked by its name.",
  whatTitle: "What is a row?",
  identify: "A person (identify)",
  identifyText: "The row tells who somebody is now: name, plan, city. Its columns become traits.",
  track: "Something that happened (track)",
  trackText: "The row is an order, a payment, a visit. Its columns become properties.",
  eventFrom: "What happened?",
  eventConstant: "The same in every row",
  eventColumn: "A column says it",
  eventName: "Name of the event",
  eventNameHint: "For example Order placed",
  eventColumnLabel: "Column with the name of the event",
  timestamp: "When did it happen?",
  timestampHint: "A column with a date or time. A moment without a zone counts as UTC.",
  timestampNone: "No column: when it arrives",
  constants: "The same in every event",
  constantsText: "Traits that no column holds, such as the shop's name. Dots make nested objects.",
  constantKey: (place: number): string => `Key of constant ${place}`,
  constantKind: (place: number): string => `Kind of constant ${place}`,
  constantValue: (place: number): string => `Value of constant ${place}`,
  kinds: { text: "Text", number: "Number", yes_no: "Yes or no" },
  yes: "Yes",
  no: "No",
  addConstant: "Add a constant",
  removeConstant: (place: number): string => `Remove constant ${place}`,
  numberFault: "Enter a number, for example 42 or 3.5.",
  messageId: "The messageId is made of the flow, the row's key and its version: a repeat carries the same one.",
} as const;

const shared = { jsonTitle: "One row as an event", showJson: "Show one row as an event" };

/** The names of columns as traits of a person, or as properties of what happened. */
export const traitWords = {
  identify: { ...shared, title: "Traits", nameLabel: (column) => `Trait for ${column}` },
  track: { ...shared, title: "Properties", nameLabel: (column) => `Property for ${column}` },
} as const satisfies Record<"identify" | "track", MappingWords>;
