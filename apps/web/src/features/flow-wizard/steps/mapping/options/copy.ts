import type { Overwrites } from "@headgate/contract";

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
