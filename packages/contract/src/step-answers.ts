import { z } from "zod";
import { eventMappingSchema } from "./event-mapping.ts";
import { idSchema, identifierSchema, labelSchema } from "./fields.ts";
import { scheduleSchema } from "./schedule.ts";
import { changesSchema, sourceQuerySchema } from "./sources.ts";
import { columnOptions, keepsStateSchema, ownSql } from "./write-options.ts";

/** Which rows a run reads: all of them, or those that are new or changed since the last run. */
export const readModes = ["full", "incremental"] as const;
export const readModeSchema = z.enum(readModes, { error: "Choose which rows every run reads." });
export type ReadMode = z.infer<typeof readModeSchema>;

/** What a run does with new, changed and deleted rows; `core` holds the table of what each mode does. */
export const writeModes = ["append", "insert_missing", "update", "upsert", "mirror", "replace"] as const;
export const writeModeSchema = z.enum(writeModes, { error: "Choose what happens to rows that are already there." });
export type WriteMode = z.infer<typeof writeModeSchema>;

/** What becomes of a run when the destination refuses single rows. */
export const badRowsModes = ["set_aside", "stop"] as const;
export const badRowsSchema = z.enum(badRowsModes, { error: "Choose what happens when the destination refuses a row." });
export type BadRows = z.infer<typeof badRowsSchema>;

export const credentialsAnswersSchema = z.object({
  connectionId: z.uuid({ error: "Choose a saved connection or fill in a new one." }),
});

/** The connection and the state of it that passed the check. */
export const testAnswersSchema = z.object({ connectionId: idSchema, connectionRevision: z.int() });

/** What is read. An answer from before there were queries does not say that it is a table. */
export const tableAnswersSchema = z.preprocess(
  (answers) => (typeof answers === "object" && answers !== null ? { from: "table", ...answers } : answers),
  z.discriminatedUnion("from", [
    z.object({
      from: z.literal("table"),
      schema: identifierSchema,
      name: z.string({ error: "Choose a table." }).pipe(identifierSchema),
    }),
    z.object({ from: z.literal("query"), query: sourceQuerySchema }),
  ]),
);
export type TableAnswers = z.infer<typeof tableAnswersSchema>;

/** Where rows can go; `postgres` is a table. */
export const sinkKinds = ["postgres", "events", "webhook", "files"] as const;
export type SinkKind = (typeof sinkKinds)[number];

const destinationConnection = z.uuid({ error: "Choose where the rows go." });

/** Columns that tell rows apart, in the order of a unique index. */
const syncKeyAnswer = z.array(identifierSchema).max(32).default([]);

export const tableDestinationAnswersSchema = z.object({
  kind: z.literal("postgres"),
  connectionId: destinationConnection,
  target: z.enum(["existing", "create"], { error: "Choose a table or let Headgate create one." }),
  schema: z.string({ error: "Choose a schema." }).pipe(identifierSchema),
  name: z.string({ error: "Choose a table." }).pipe(identifierSchema),
  writeMode: writeModeSchema,
  readMode: readModeSchema.default("full"),
  changes: changesSchema.optional(),
  badRows: badRowsSchema.default("set_aside"),
  /** Absent: at the destination. */
  keepsState: keepsStateSchema.optional(),
  ...ownSql,
  /** Absent: a run cannot be undone. */
  keepsUndo: z.boolean().optional(),
  /**
   * For an existing table its columns; for a table still to be created the source's columns, whatever the mapping
   * renames them to.
   */
  syncKey: syncKeyAnswer,
});
export type TableDestinationAnswers = z.infer<typeof tableDestinationAnswersSchema>;

/** Rows are sent off, each time they are new or changed; the sync key names columns of the source. */
const sentAnswers = {
  connectionId: destinationConnection,
  readMode: readModeSchema.default("incremental"),
  changes: changesSchema.optional(),
  badRows: badRowsSchema.default("set_aside"),
  syncKey: syncKeyAnswer,
};

/** An answer from before there were other kinds names none. */
export const destinationAnswersSchema = z.preprocess(
  (answers) => (typeof answers === "object" && answers !== null ? { kind: "postgres", ...answers } : answers),
  z.discriminatedUnion("kind", [
    tableDestinationAnswersSchema,
    z.object({ kind: z.literal("events"), ...sentAnswers }),
    z.object({ kind: z.literal("webhook"), ...sentAnswers }),
    z.object({ kind: z.literal("files"), ...sentAnswers }),
  ]),
);
export type DestinationAnswers = z.infer<typeof destinationAnswersSchema>;

/** One column that travels: its name at the source and its name at the destination. */
export const fieldMappingSchema = z.object({
  source: identifierSchema,
  destination: identifierSchema,
  ...columnOptions,
});
export type FieldMapping = z.infer<typeof fieldMappingSchema>;

/** How columns travel: as columns or JSON keys, or, towards an event API, as traits of an event. */
export const mappingAnswersSchema = z.object({
  fields: z.array(fieldMappingSchema).max(1600).default([]),
  events: eventMappingSchema.optional(),
});
export type MappingAnswers = z.infer<typeof mappingAnswersSchema>;

export const reviewAnswersSchema = z.object({
  name: z.string({ error: "Give the flow a name." }).pipe(labelSchema),
  runNow: z.boolean(),
});

/** The seven steps in order, each with the schema of its finished answers. */
export const stepIds = ["credentials", "test", "table", "destination", "mapping", "schedule", "review"] as const;
export const stepIdSchema = z.enum(stepIds);
export type StepId = z.infer<typeof stepIdSchema>;

export const stepAnswersSchemas = {
  credentials: credentialsAnswersSchema,
  test: testAnswersSchema,
  table: tableAnswersSchema,
  destination: destinationAnswersSchema,
  mapping: mappingAnswersSchema,
  schedule: scheduleSchema,
  review: reviewAnswersSchema,
} as const;
export type StepAnswers = { [S in StepId]: z.infer<(typeof stepAnswersSchemas)[S]> };
