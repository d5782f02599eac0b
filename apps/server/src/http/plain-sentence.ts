import type { z } from "zod";

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
};

/** One sentence for what a schema refuses without words of its own, in place of the library's. */
export function plainSentence(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_type")
    return issue.input === undefined ? "This is missing." : `This must be ${kinds[issue.expected] ?? "another kind"}.`;
  if (issue.code === "invalid_value") return `Choose one of ${issue.values.map(String).join(", ")}.`;
  if (issue.code === "too_big") return `This is too much: at most ${issue.maximum}${unit(issue.origin)}.`;
  if (issue.code === "too_small") return `This is too little: at least ${issue.minimum}${unit(issue.origin)}.`;
  return "This is not valid here.";
}

function unit(origin: string): string {
  return { string: " characters", array: " entries" }[origin] ?? "";
}
