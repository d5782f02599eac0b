import type { BadRows, ReadMode } from "@headgate/contract";

export const destinationCopy = {
  whichDatabase: "Which database do the rows go to?",
  useIt: "Test and use this connection",
  testing: (name: string): string => `Testing “${name}”`,
  changeDatabase: "Use another database",
  editDetails: "Change the details",
  whereTitle: "Table",
  target: "Where in this database?",
  existing: "An existing table",
  existingText: "The rows go into a table that is already there.",
  create: "Create it for me",
  createText: "Headgate makes a table with fitting columns. You see the exact statement first.",
  createForbidden: "This user may not create tables here yet. The script for your administrator changes that.",
  schema: "Schema",
  schemaHint: "The folder the new table goes into",
  name: "Name of the new table",
  nameHint: "Small letters and _ are the least trouble later",
  nameTaken: (name: string): string =>
    `There is already something called “${name}” in this schema. Enter another name, or choose it as an existing table.`,
  sql: "The statement Headgate will run",
  sqlIntro: "It runs once, when you press Start. The columns follow from the next step.",
  sqlWaiting: "Writing the statement…",
  sqlCopy: "Copy the statement",
  modeTitle: "Rows that are already there",
  mode: "What happens on every run?",
  readMode: "Which rows does every run read?",
  readsAll: "Every run reads all rows of the source.",
  noMarks: (name: string): string =>
    `“${name}” is not a plain table, and PostgreSQL does not remember which of its rows changed. So every run reads all of them.`,
  badRows: "What if the destination refuses a row?",
  recommended: "Recommended",
  source: "Source",
  before: "Before",
  after: "After",
  newRows: "New rows",
  changedRows: "Changed rows",
  deletedRows: "Rows deleted at the source",
  key: "How do we tell rows apart?",
  keyHint: "Columns whose values never repeat. Headgate uses them to find a row that is already there.",
  primary: "Primary key",
  unique: "Unique",
  nullableKey: "May be empty in some rows; rows with an empty value are always added as new ones.",
  noKeyCreate: (name: string): string =>
    `“${name}” has no column whose values are known never to repeat, so rows could not be told apart.`,
  noKeyExisting: (name: string): string =>
    `“${name}” has no unique key, so the database could not tell whether a row is already there. This statement adds one:`,
  noTableYet: "Choose a table first.",
  lookAgain: "Look again",
  copyAlter: "Copy the statement that adds a unique key",
  sameTitle: "Source and destination are the same table",
  same: "The rows would go back to where they came from. Choose another table, unless this is really what you want.",
} as const;

export const readModeCards = {
  incremental: {
    title: "Only new and changed rows",
    sentence:
      "The first run reads all rows, later ones only what was written since. Rows deleted at the source are not noticed.",
  },
  full: {
    title: "All rows, every time",
    sentence: "Slower for large tables; also repairs rows that somebody changed at the destination.",
  },
} as const satisfies Record<ReadMode, { title: string; sentence: string }>;

export const badRowsCards = {
  set_aside: {
    title: "Set it aside and go on",
    sentence:
      "The run lists refused rows with the reason. It stops, and keeps nothing, beyond 100 of them or one in a hundred.",
  },
  stop: {
    title: "Stop the run",
    sentence: "All rows or none: the first refused row ends the run, and nothing of it is kept.",
  },
} as const satisfies Record<BadRows, { title: string; sentence: string }>;
