import { z } from "zod";
import { checkFailureSchema } from "./connection-check.ts";
import { connectionParamsSchema } from "./connections.ts";
import { endpoint } from "./endpoint.ts";
import { identifierSchema } from "./fields.ts";
import { sourceQuerySchema } from "./sources.ts";

export const streamKinds = [
  "table",
  "partitioned_table",
  "view",
  "materialized_view",
  "foreign_table",
  "query",
] as const;

export const streamSummarySchema = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.enum(streamKinds),
  /** PostgreSQL's own estimate; null when the table was never analysed. */
  rowEstimate: z.number().nullable(),
  comment: z.string().nullable(),
  /** Whether this login may read at least one column. */
  readable: z.boolean(),
});
export type StreamSummary = z.infer<typeof streamSummarySchema>;

/** What the list needs when one schema is open. */
export const streamRowSchema = streamSummarySchema.extend({
  bytes: z.number().nullable(),
  columnCount: z.int(),
  /** The primary key's columns, else those of the first unique key, else null. */
  keyColumns: z.array(z.string()).nullable(),
});
export type StreamRow = z.infer<typeof streamRowSchema>;

export const fieldSchema = z.object({
  name: z.string(),
  position: z.int(),
  /** As PostgreSQL writes it, for example `numeric(30,10)`. */
  type: z.string(),
  /** The type's own name and schema, without length: `pg_catalog.numeric`. */
  typeName: z.string(),
  /** Whether source and destination can exchange it in binary: a built-in type. */
  builtIn: z.boolean(),
  nullable: z.boolean(),
  hasDefault: z.boolean(),
  generated: z.boolean(),
  identity: z.enum(["always", "by_default"]).nullable(),
  comment: z.string().nullable(),
  readable: z.boolean(),
});
export type Field = z.infer<typeof fieldSchema>;

export const uniqueKeySchema = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  primary: z.boolean(),
  /** At least one of its columns may be empty; empty values never match each other. */
  nullable: z.boolean(),
});
export type UniqueKey = z.infer<typeof uniqueKeySchema>;

export const streamSchema = streamSummarySchema.extend({
  bytes: z.number().nullable(),
  fields: z.array(fieldSchema),
  uniqueKeys: z.array(uniqueKeySchema),
  may: z.object({ select: z.boolean(), insert: z.boolean(), update: z.boolean(), delete: z.boolean() }),
  /** A row security policy may hide rows from this login. */
  rowSecurity: z.boolean(),
});
export type Stream = z.infer<typeof streamSchema>;

export const previewSchema = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string(), typeName: z.string() })),
  /** PostgreSQL's own text of every value; null is null. Long values are cut and end in an ellipsis. */
  rows: z.array(z.array(z.string().nullable())),
});
export type Preview = z.infer<typeof previewSchema>;

const failed = z.object({ status: z.literal("failed"), failure: checkFailureSchema });

function verdictOf<T extends z.ZodRawShape>(shape: T) {
  return z.discriminatedUnion("status", [z.object({ status: z.literal("succeeded"), ...shape }), failed]);
}

const namedStreamSchema = z.strictObject({ schema: identifierSchema, name: identifierSchema });

export const getCatalog = endpoint({
  method: "get",
  path: "/api/connections/:connectionId/catalog",
  tag: "Catalog",
  summary: "Schemas and the names of all tables and views, for the search box.",
  access: "viewer",
  params: connectionParamsSchema,
  response: verdictOf({
    schemas: z.array(z.object({ name: z.string(), tableCount: z.int(), mayCreate: z.boolean() })),
    streams: z.array(streamSummarySchema),
    serverVersion: z.string(),
  }),
});

export const getSchemaStreams = endpoint({
  method: "get",
  path: "/api/connections/:connectionId/catalog/schema",
  tag: "Catalog",
  summary: "The tables and views of one schema with size and key.",
  access: "viewer",
  params: connectionParamsSchema,
  query: z.strictObject({ schema: identifierSchema }),
  response: verdictOf({ streams: z.array(streamRowSchema) }),
});

export const getStream = endpoint({
  method: "get",
  path: "/api/connections/:connectionId/catalog/table",
  tag: "Catalog",
  summary: "One table or view: columns, types, keys and what this login may do with it.",
  access: "viewer",
  params: connectionParamsSchema,
  query: namedStreamSchema,
  response: verdictOf({ stream: streamSchema }),
});

export const getPreview = endpoint({
  method: "get",
  path: "/api/connections/:connectionId/preview",
  tag: "Catalog",
  summary: "The first 20 rows of a table, as text.",
  access: "editor",
  params: connectionParamsSchema,
  query: namedStreamSchema,
  response: verdictOf({ preview: previewSchema }),
});

export const describeQuery = endpoint({
  method: "post",
  path: "/api/connections/:connectionId/query",
  tag: "Catalog",
  summary:
    "The columns and the first 20 rows of a query, in a transaction that cannot write; where it is wrong, line and column.",
  access: "editor",
  params: connectionParamsSchema,
  body: z.strictObject(sourceQuerySchema.shape),
  response: verdictOf({
    stream: streamSchema,
    preview: previewSchema,
    /** Where names without a schema were found; a run looks nowhere else. */
    searchPath: z.array(z.string()),
  }),
});
