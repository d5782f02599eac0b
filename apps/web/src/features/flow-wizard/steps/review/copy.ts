import type { DestinationKind, SinkKind, StepId, WriteMode } from "@headgate/contract";

export const reviewCopy = {
  answers: "Your answers",
  change: "Change",
  changeWhat: (step: string): string => `Change ${step.toLowerCase()}`,
  facts: {
    credentials: "From",
    test: "Test",
    table: "Table",
    destination: "To",
    mapping: "Columns",
    schedule: "Runs",
  } satisfies Record<Exclude<StepId, "review">, string>,
  tested: (ago: string): string => `Worked ${ago}`,
  notTested: "Not tested as it is now",
  newTable: "a new table, made when you press Start",
  existingTable: "an existing table",
  reads: (what: string): string => `Reads: ${lowerFirst(what)}`,
  sends: (what: string): string => `Sends: ${lowerFirst(what)}`,
  identify: "Each row is an identify event",
  track: (what: string): string => `Each row is a track event: ${what}`,
  eventFrom: (column: string): string => `as ${column} says`,
  about: (columns: readonly string[]): string => `About the person in ${columns.join(" or ")}`,
  when: (column: string): string => `At the moment in ${column}`,
  refused: (what: string): string => `Refused rows: ${lowerFirst(what)}`,
  keyedBy: (columns: readonly string[]): string => `Rows are told apart by ${columns.join(" + ")}`,
  columns: (sent: number, total: number): string => `${sent} of ${total} columns`,
  renamed: (from: string, to: string): string => `${from} → ${to}`,
  andMore: (count: number): string => `and ${count} more`,
  firstRun: (when: string): string => `First run ${when}`,
  faultsTitle: "Something does not fit yet",
  fix: (step: string): string => `Go to ${step.toLowerCase()}`,
  start: "Name and start",
  name: "Flow name",
  nameHint: "So that you can find it again",
  runNow: "Run it right after pressing Start",
  runNowHint: "Otherwise it waits for its schedule.",
  runNowManual: "Otherwise it waits until someone presses Run now.",
  startButton: "Start",
  dryTitle: "Dry run",
  dryIntros: {
    postgres: "Counts what the first run would do. Nothing is written.",
    events: "Shows what the first run would send. Nothing is sent.",
    webhook: "Shows what the first run would send. Nothing is sent.",
    files: "Shows what the first run would write. No file is made.",
  } satisfies Record<SinkKind, string>,
  dryRunning: "Reading both sides and counting…",
  dryStop: "Stop counting",
  dryStopped: "You stopped the count. You can start the flow without it, or count again.",
  dryAgain: "Count again",
  dryRead: "Rows read",
  dryNew: "New",
  dryArrives: { events: "Would be sent", webhook: "Would be sent", files: "Would be written" } satisfies Record<
    DestinationKind,
    string
  >,
  dryAside: "Would be set aside",
  drySample: (row: number, total: number): string => `Row ${row} of ${total} as it would be sent`,
  drySamples: { events: "First events", webhook: "First rows as JSON", files: "First rows" } satisfies Record<
    DestinationKind,
    string
  >,
  dryUnfit: "Of the first rows these could not be sent",
  dryChanged: "Changed",
  drySame: "Same as before",
  drySkipped: {
    insert_missing: "There already, left as they are",
    update: "Not there, left out",
  } satisfies Partial<Record<WriteMode, string>> as Partial<Record<WriteMode, string>>,
  drySkippedElse: "Skipped",
  dryDeleted: "Deleted at the destination",
  dryNotes: {
    mirror:
      "The first run deletes nothing, because it brought nothing yet. If the table holds rows already, it asks you before it writes.",
    replace: "The rows that are there now go, and the source's rows take their place, in one moment.",
  } satisfies Partial<Record<WriteMode, string>> as Partial<Record<WriteMode, string>>,
  dryTook: (time: string): string => `Counted in ${time}.`,
  dryWithoutSql: "The SQL before and after the run was not run, so what it changes is not counted here.",
  dryCopy: "Copy this message",
  dryZero: "The table has no rows at the moment. The flow will run all the same.",
} as const;

/** `customers to CRM` */
export function defaultFlowName(table: string, destination: string): string {
  return `${table} to ${destination}`.slice(0, 120);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
