import { stepIds, type Draft } from "@headgate/contract";
import { firstIncompleteStep } from "@headgate/core";
import { tableWords } from "./table-words.ts";

/** What to call a flow that has no name yet. */
export function draftName({ steps, practice }: Draft): string {
  const name = steps.review?.name?.trim();
  if (name) return name;
  const { from, query, schema, name: table } = steps.table ?? {};
  if (from === "query" && query?.name) return `Flow from ${query.name}`;
  if (schema && table) return `Flow from ${tableWords({ schema, name: table })}`;
  return practice ? "Practice flow" : "New flow";
}

/** Where to go on, and how far that is. */
export function draftProgress({ steps }: Draft): { step: (typeof stepIds)[number]; words: string } {
  const step = firstIncompleteStep(steps);
  return { step, words: `Step ${stepIds.indexOf(step) + 1} of ${stepIds.length}` };
}
