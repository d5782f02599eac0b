import { z } from "zod";
import { idSchema, identifierSchema } from "./fields.ts";

export const tableNameSchema = z.object({ schema: identifierSchema, name: identifierSchema });
export type TableName = z.infer<typeof tableNameSchema>;

/** A SELECT that is read like a table. Only the source's server judges it, inside a transaction that cannot write. */
export const sourceQuerySchema = z.object({
  /** What people call it; PostgreSQL never sees it. */
  name: z.string({ error: "Give the query a name." }).trim().pipe(identifierSchema),
  sql: z
    .string({ error: "Write a query." })
    .max(100_000, { error: "A query has at most 100,000 characters." })
    .refine((sql) => sql.trim() !== "", { error: "Write a query." })
    .refine((sql) => !sql.includes("\0"), { error: "A query cannot contain an invisible NUL character." }),
  /** Schemas in which names without one were found when the query was set up; later runs look nowhere else. */
  searchPath: z.array(identifierSchema).max(100).default([]),
});
export type SourceQuery = z.infer<typeof sourceQuerySchema>;

/** Where a flow's rows come from: a table or view, or a query. */
export const flowSourceSchema = z.union([
  z.object({ connectionId: idSchema, table: tableNameSchema }),
  z.object({ connectionId: idSchema, query: sourceQuerySchema }),
]);
export type FlowSource = z.infer<typeof flowSourceSchema>;

const columnAnswer = z.string({ error: "Choose a column." }).pipe(identifierSchema);

/** How long the oldest transaction may take to commit before rows of it are missed, in hours. */
export const lookBackHoursSchema = z.int().min(1).max(8760, { error: "Look back 1 to 8,760 hours." });
export const lookBackMinutesSchema = z.int().min(0).max(525_600, { error: "Look back up to 525,600 minutes." });

/**
 * How an incremental run finds what is new or changed (reliability §4.3). Absent: by PostgreSQL's own mark on each row
 * where there is one, else all rows are read.
 */
export const changesSchema = z.discriminatedUnion("by", [
  z.object({
    by: z.literal("xmin"),
    /** Rows older than the look-back by this indexed time are not looked at; the mark decides about the others. */
    cursor: z.object({ column: columnAnswer, lookBackHours: lookBackHoursSchema.default(24) }).optional(),
  }),
  /** Rows whose value is higher than the highest read so far, less the look-back. */
  z.object({ by: z.literal("cursor"), column: columnAnswer, lookBackMinutes: lookBackMinutesSchema.default(60) }),
  /** Every row is read and compared with a hash of it from the last run. */
  z.object({ by: z.literal("compare") }),
]);
export type Changes = z.infer<typeof changesSchema>;
export type ChangesBy = Changes["by"];

/** A person's wish that a flow reads rows again; it counts until a run has succeeded with it. */
export const rereadSchema = z.object({
  id: idSchema,
  /** Only rows from this value of a time or number column on. Null: all rows. */
  from: z.object({ column: identifierSchema, value: z.string().trim().min(1).max(100) }).nullable(),
  askedAt: z.iso.datetime(),
});
export type Reread = z.infer<typeof rereadSchema>;

/** `changes` as far as it is chosen; judged when the step is finished. */
export const typedChangesSchema = z.strictObject({
  by: z.enum(["xmin", "cursor", "compare"]),
  column: z.string().max(300).optional(),
  lookBackMinutes: z.number().optional(),
  cursor: z.strictObject({ column: z.string().max(300), lookBackHours: z.number().optional() }).optional(),
});

export type TypedChanges = z.infer<typeof typedChangesSchema>;

/** A query as far as it is written. */
export const typedQuerySchema = z.strictObject({
  name: z.string().max(2000).optional(),
  sql: z.string().max(100_000).optional(),
  searchPath: z.array(z.string().max(300)).max(100).optional(),
});
