import { z } from "zod";
import { checkFailureSchema } from "./connection-check.ts";
import { connectionParamsSchema } from "./connections.ts";
import { writeModeSchema } from "./step-answers.ts";
import { keepsStateSchema } from "./write-options.ts";
import { endpoint } from "./endpoint.ts";
import { identifierSchema } from "./fields.ts";

export const grantRequestSchema = z.strictObject({
  role: z.enum(["source", "destination"]),
  /** Without a name: at the source every table of the schema, at the destination a table still to be made in it. */
  table: z.strictObject({ schema: identifierSchema, name: identifierSchema.optional() }),
  /** The columns that travel, of a table with a name. Absent: all. */
  columns: z.array(identifierSchema).min(1).max(1600).optional(),
  /** At the destination: the columns that tell rows apart, which no run ever changes. */
  syncKey: z.array(identifierSchema).max(32).optional(),
  /** At the destination: what a run does with rows that are already there. */
  writeMode: writeModeSchema.optional(),
  /** At the destination: where the flow's state is kept. Absent: there. */
  keepsState: keepsStateSchema.optional(),
});
export type GrantRequest = z.infer<typeof grantRequestSchema>;

export const checkedGrantSchema = z.object({
  id: z.string(),
  /** Ready to be run by the owner of the database. */
  sql: z.string(),
  sentence: z.string(),
  /** The flow runs without it. */
  optional: z.boolean(),
  /** Null where nobody could look, because the database itself cannot be opened. */
  granted: z.boolean().nullable(),
});
export type CheckedGrant = z.infer<typeof checkedGrantSchema>;

export const grantVerdictSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("succeeded"),
    user: z.string(),
    lines: z.array(checkedGrantSchema),
    /** A row security policy judges this login, which no grant changes; what the table's owner can do about it. */
    rowSecurity: z.object({ sql: z.string() }).nullable(),
  }),
  z.object({ status: z.literal("failed"), failure: checkFailureSchema }),
]);
export type GrantVerdict = z.infer<typeof grantVerdictSchema>;

export const checkGrants = endpoint({
  method: "post",
  path: "/api/connections/:connectionId/grants",
  tag: "Connections",
  summary: "The grants this login needs for a table or a schema, each with whether it has it now.",
  access: "editor",
  params: connectionParamsSchema,
  body: grantRequestSchema,
  response: grantVerdictSchema,
});
