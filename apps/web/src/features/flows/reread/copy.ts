import { rereadWord } from "@headgate/contract";

export const rereadCopy = {
  title: "Read again",
  keyed:
    "The next run reads rows it has read before. Rows have a key, so none is added twice; what was changed or deleted at the destination by somebody else is put right.",
  added:
    "The next run reads rows it has read before and adds all of them once more. Do this only when the destination was emptied, or when rows may stand there twice.",
  what: "What should be read again?",
  all: "All rows",
  since: (column: string): string => `Only rows from a value of ${column} on`,
  from: (column: string): string => `From this ${column} on`,
  fromHint: "As the database writes it, for example 2026-11-01 or 2026-11-01 08:00.",
  fromMissing: "Enter where to begin.",
  word: `To go on, type ${rereadWord}`,
  wordHint: "All these rows are added, whether they are there already or not.",
  wordWrong: `Type ${rereadWord} to say that all these rows are added once more.`,
  ask: "Read again with the next run",
  asked: "The next run reads rows again",
  askedAll: "It reads all rows of the source.",
  askedFrom: (column: string, value: string): string =>
    `It reads the rows from ${column} ${value} on, and what is new.`,
  until: "That stays so until a run has succeeded with it.",
  takeBack: "Do not read again",
} as const;
