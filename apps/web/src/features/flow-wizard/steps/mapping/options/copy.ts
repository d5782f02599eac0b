import type { Overwrites, RuleEffect, ValueRule } from "@headgate/contract";

export const optionsCopy = {
  title: "What a run may overwrite",
  intro:
    "A row that is already there gets every value from the source, also an empty one. Here you can spare single columns.",
  add: "Spare a column",
  choose: "Choose a column",
} as const;

/** “Empty” is NULL here, as everywhere on these pages. */
export const overwriteWords: Readonly<Record<Overwrites, string>> = {
  always: "Always overwrite it",
  with_values: "Keep what is there when the source is empty",
  empty_only: "Fill it only while the destination is empty",
};

export const rulesCopy = {
  title: "Rules for values",
  intro:
    "Rows that break a rule can stay behind, stop the run, or only be counted. An empty value breaks only the rule that a column is never empty.",
  rule: (column: string, number: number): string => (number === 1 ? column : `${column}, rule ${number}`),
  effect: "A row that breaks it",
  least: "Smallest",
  most: "Largest",
  pattern: "Pattern",
  patternHint: "A regular expression, for example ^[A-Z]{2}[0-9]+$",
  values: "Allowed values",
  valuesHint: "One on each line",
  add: "Add a rule for a column",
  choose: "Choose a column",
  remove: "Remove this rule",
  removeLabel: (rule: string): string => `Remove the rule of ${rule}`,
} as const;

export const ruleWords: Readonly<Record<ValueRule["kind"], string>> = {
  not_null: "Is never empty",
  range: "Lies between two values",
  pattern: "Looks like a pattern",
  allowed: "Is one of a list",
};

export const effectWords: Readonly<Record<RuleEffect, string>> = {
  set_aside: "Stays behind and is listed",
  stop: "Stops the run before anything is written",
  warn: "Is counted and travels all the same",
};
