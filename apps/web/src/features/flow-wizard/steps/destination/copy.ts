import type { BadRows, ReadMode, WriteMode } from "@headgate/contract";

export const destinationCopy = {
  whichDatabase: "Which database do the rows go to?",
  useIt: "Test and use this connection",
  testing: (name: string): string => `Testing “${name}”`,
  whichKind: "Where do the rows go?",
  changeDestination: "Use another destination",
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
  moreWays: (count: number): string => `More ways (${count})`,
  fewerWays: "Fewer ways",
  promise: "What you can rely on:",
  rowsTitle: "Which rows travel",
  readMode: "Which rows does every run read?",
  readsAll: "Every run reads all rows of the source: only then can it tell which ones are gone.",
  noMarks: (name: string): string =>
    `“${name}” is not a plain table, and PostgreSQL does not remember which of its rows changed. So every run reads all of them.`,
  badRows: "What if the destination refuses a row?",
  stops: "If the destination refuses a row, the run stops and keeps nothing: a table without it would not be the same.",
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
  noKeyTitle: "Rows cannot be told apart yet",
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

/** Where the destination does not let Headgate keep its schema. */
export const undoCopy = {
  label: "Keep what is needed to undo the last run",
  hint: "Rows are kept as they were, in the schema “headgate” at the destination, until the next run and for 7 days at most. It takes room there for every row a run changes or deletes, and makes such runs slower; replacing everything then keeps a full copy of the old rows. For tables without triggers only, not views, and this user then has to be allowed to read, change and delete rows there.",
  chosen: "The last run can be undone for 7 days.",
} as const;

export const stateCopy = {
  title: "Where Headgate notes how far it has come",
  why: "Normally in a small table in the schema “headgate” at the destination, in the same moment as the rows. This user may neither make nor use that schema. The script below asks for it; or Headgate keeps the note itself.",
  accept: "Go on without it: Headgate keeps the note itself",
  weaker: {
    append:
      "Rows and note are then two steps. When a run is cut off right between them, one batch of rows may be added twice; none is lost.",
    keyed:
      "Rows and note are then two steps. When a run is cut off right between them, one batch is written again, and the rows end up the same.",
  },
  chosen: "Headgate notes by itself how far the flow has come, not at the destination.",
  needed: "This way of writing may delete rows, so it needs the note at the destination itself.",
} as const;

type ReadWords = { readonly title: string; readonly sentence: string };

/** What reading new and changed rows only, or all of them, means under each mode that leaves the choice. */
export function readModeWords(readMode: ReadMode, writeMode: WriteMode): ReadWords {
  if (readMode === "full") return { title: "All rows, every time", sentence: fullReads[writeMode] };
  return {
    title: "Only new and changed rows",
    sentence:
      "The first run reads all rows, later ones only what was written since. Quick, however large the table is.",
  };
}

const fullReads: Record<WriteMode, string> = {
  append: "All rows are added again with every run, so the destination grows each time.",
  insert_missing: "Slower for large tables; also brings back rows that somebody deleted at the destination.",
  update: "Slower for large tables; also repairs rows that somebody changed at the destination.",
  upsert: "Slower for large tables; also repairs rows that somebody changed or deleted at the destination.",
  mirror: destinationCopy.readsAll,
  replace: destinationCopy.readsAll,
};

/** What becomes of rows that the destination refuses. */
export const badRowsCards = {
  set_aside: {
    title: "Set it aside and go on",
    sentence:
      "The run lists each with the reason. Beyond 100 of them, or one in a hundred, it stops and keeps nothing.",
  },
  stop: {
    title: "Stop the run",
    sentence: "All rows or none: the first refused row ends the run, and nothing of it is kept.",
  },
} as const satisfies Record<BadRows, { title: string; sentence: string }>;

/** Said where a row that was set aside is not read again by itself. */
export const notReadAgain = "A row that was set aside is read again once it changes at the source.";

/** Statements of a person's own around the rows of a run. */
export const ownSqlCopy = {
  title: "SQL before and after the run",
  some: "There is some",
  none: "None",
  intro:
    "Runs at the destination with every run, in the same transaction as the rows: all of it is kept, or nothing. The run then is one transaction, however many rows it has.",
  adminsOnly: "Only an admin can write or change it.",
  sqlBefore: {
    label: "Before the first row",
    hint: "For example: delete from orders where day = current_date. Without BEGIN, COMMIT or ROLLBACK.",
  },
  sqlAfter: {
    label: "After the last row",
    hint: "For example: refresh materialized view order_totals. If it fails, the rows are not kept either.",
  },
  chosen: { sqlBefore: "Runs SQL of its own before the first row", sqlAfter: "Runs SQL of its own after the last row" },
} as const;
