import type { BadRows, DestinationKind, ReadMode } from "@headgate/contract";

type KindCopy = {
  readonly which: string;
  readonly newTitle: string;
  readonly newHint: string;
  readonly rowsTitle: string;
  readonly reads: Readonly<Record<ReadMode, string>>;
  readonly keyHint: string;
  readonly noKey: string;
  readonly badRows: string;
  readonly deleted: string;
  readonly promise: string;
};

export const sentCopy = {
  useIt: "Test and use this connection",
  testing: (name: string): string => `Testing “${name}”`,
  editDetails: "Change the details",
  edit: "Change its details",
  notChosen: "Choose a saved connection or fill in a new one.",
  readMode: "Which rows does every run send?",
  readTitles: { incremental: "Only new and changed rows", full: "All rows, every time" } satisfies Record<
    ReadMode,
    string
  >,
  key: "What tells one row from another?",
  noKeyTitle: "Nothing: by their whole content",
  deletedTitle: "Rows deleted at the source",
  promise: "What you can rely on:",
} as const;

export const sentKinds: Readonly<Record<DestinationKind, KindCopy>> = {
  events: {
    which: "Which event API do the rows go to?",
    newTitle: "A new event API",
    newHint: "Enter its address and write key.",
    rowsTitle: "Which rows become events",
    reads: {
      incremental: "The first run sends all rows, later ones only what was written since.",
      full: "Rows that did not change are sent again with the same ids; whether that counts twice is up to the receiver.",
    },
    keyHint:
      "Each event gets an id made of these columns and the row's version. A repeat carries the same id, so that the receiver can drop it.",
    noKey: "The id of an event is then made of all the values of the row and its place among rows that look alike.",
    badRows: "What if a row cannot become an event?",
    deleted: "Nothing is sent: an event tells what is or was, and none says that somebody is gone.",
    promise:
      "Every new or changed row is sent at least once, also if a run is cut off. What is sent again carries the same messageId.",
  },
  webhook: {
    which: "Which webhook do the rows go to?",
    newTitle: "A new webhook",
    newHint: "Enter its address.",
    rowsTitle: "Which rows are sent",
    reads: {
      incremental: "The first run sends all rows, later ones only what was written since.",
      full: "Rows that did not change are sent again too.",
    },
    keyHint:
      "Each message gets an Idempotency-Key made of these columns and the rows' versions. A repeat carries the same one, so that the receiver can drop it.",
    noKey: "The key of a message is then made of all the values of its rows.",
    badRows: "What if the receiver refuses a row?",
    deleted: "Nothing is sent.",
    promise:
      "Every new or changed row is sent at least once, also if a run is cut off. What is sent again carries the same Idempotency-Key.",
  },
  files: {
    which: "Where do the files go?",
    newTitle: "A new place",
    newHint: "A folder, or storage that speaks the S3 protocol.",
    rowsTitle: "Which rows a file holds",
    reads: {
      incremental: "The first file holds all rows, later ones only what was written since.",
      full: "Every file holds the whole table as it is at that moment.",
    },
    keyHint: "By these columns a row that does not fit into the file is named in the list of rows set aside.",
    noKey: "A row that does not fit is then named by its place.",
    badRows: "What if a row does not fit into the file?",
    deleted: "Stay in the files that hold them. With all rows every time, later files no longer do.",
    promise: "A file is complete or not there at all, also if a run is cut off, and no run writes over another's.",
  },
};

export const sentBadRows: Readonly<Record<BadRows, { readonly title: string; readonly sentence: string }>> = {
  set_aside: {
    title: "Set it aside and go on",
    sentence: "The run lists each with the reason. Beyond 100 of them, or one in a hundred, it stops.",
  },
  stop: { title: "Stop the run", sentence: "The first such row ends the run. What was sent before stays sent." },
};
