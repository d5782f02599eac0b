import { z } from "zod";
import { connectionAttentionSchema } from "./connection-attention.ts";
import { badRowsSchema, fieldMappingSchema, readModeSchema, writeModeSchema } from "./step-answers.ts";
import { keepsStateSchema, ownSql } from "./write-options.ts";
import { endpoint } from "./endpoint.ts";
import { eventMappingSchema } from "./event-mapping.ts";
import { idSchema, identifierSchema, instantSchema } from "./fields.ts";
import { runCodeSchema } from "./run-failures.ts";
import { runSchema } from "./runs.ts";
import { scheduleSchema } from "./schedule.ts";
import { changesSchema, flowSourceSchema, rereadSchema, tableNameSchema } from "./sources.ts";

/** Where a flow's rows go. A definition from before there were other kinds names none. */
export const flowDestinationSchema = z.preprocess(
  (destination) =>
    typeof destination === "object" && destination !== null ? { kind: "postgres", ...destination } : destination,
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("postgres"), connectionId: idSchema, table: tableNameSchema }),
    z.object({ kind: z.literal("events"), connectionId: idSchema, mapping: eventMappingSchema }),
    z.object({ kind: z.literal("webhook"), connectionId: idSchema }),
    z.object({ kind: z.literal("files"), connectionId: idSchema }),
  ]),
);
export type FlowDestination = z.infer<typeof flowDestinationSchema>;

/** A published flow: everything a worker needs to know except the secrets. */
export const flowDefinitionSchema = z.object({
  source: flowSourceSchema,
  destination: flowDestinationSchema,
  writeMode: writeModeSchema,
  readMode: readModeSchema.default("full"),
  changes: changesSchema.optional(),
  badRows: badRowsSchema.default("stop"),
  /** Absent: at the destination. */
  keepsState: keepsStateSchema.optional(),
  /** Towards a table only. */
  ...ownSql,
  /** Whether rows are kept as they were before the last run, so that it can be undone. Absent: no. */
  keepsUndo: z.boolean().optional(),
  /**
   * Columns that identify a row across runs, of the destination where that is a table, else of the source; empty for
   * modes that need none.
   */
  syncKey: z.array(identifierSchema),
  /** Empty towards an event API, whose mapping stands in `destination`. */
  fields: z.array(fieldMappingSchema),
  schedule: scheduleSchema,
});
export type FlowDefinition = z.infer<typeof flowDefinitionSchema>;

/** A flow whose rows end in a table. */
export type TableFlowDefinition = FlowDefinition & {
  readonly destination: Extract<FlowDestination, { kind: "postgres" }>;
};

/** Derived from facts, never stored. */
export const flowStatuses = ["healthy", "running", "waiting", "needs_attention", "paused"] as const;
export const flowStatusSchema = z.enum(flowStatuses);
export type FlowStatus = z.infer<typeof flowStatusSchema>;

export const flowSchema = z.object({
  id: idSchema,
  name: z.string(),
  status: flowStatusSchema,
  paused: z.boolean(),
  /** Why Headgate itself paused it; null when a person did, or when it is not paused. */
  pausedFor: runCodeSchema.nullable(),
  definition: flowDefinitionSchema,
  sourceName: z.string(),
  destinationName: z.string(),
  /** Its connections that need attention, whatever its runs say. */
  attention: z.array(
    z.object({
      connectionId: idSchema,
      connectionName: z.string(),
      reasons: z.array(connectionAttentionSchema).min(1),
    }),
  ),
  practice: z.boolean(),
  nextRunAt: instantSchema.nullable(),
  lastRun: runSchema.nullable(),
  activeRun: runSchema.nullable(),
  /** The next run reads rows again, because a person asked for it. */
  reread: rereadSchema.nullable(),
  createdAt: instantSchema,
});
export type Flow = z.infer<typeof flowSchema>;

const flowParamsSchema = z.strictObject({ flowId: idSchema });

export const listFlows = endpoint({
  method: "get",
  path: "/api/flows",
  tag: "Flows",
  summary: "All flows with their state, those that need attention first.",
  access: "viewer",
  response: z.object({ flows: z.array(flowSchema) }),
});

export const getFlow = endpoint({
  method: "get",
  path: "/api/flows/:flowId",
  tag: "Flows",
  summary: "One flow.",
  access: "viewer",
  params: flowParamsSchema,
  response: flowSchema,
});

export const runFlow = endpoint({
  method: "post",
  path: "/api/flows/:flowId/run",
  tag: "Flows",
  summary: "Runs a flow now; refused while one of its runs is active.",
  access: "editor",
  params: flowParamsSchema,
  response: runSchema,
});

/** What is typed where reading again adds all rows once more. */
export const rereadWord = "add again";

export const rereadFlow = endpoint({
  method: "post",
  path: "/api/flows/:flowId/reread",
  tag: "Flows",
  summary:
    "Makes the next run read all rows again, or those from a value of its cursor on. Where rows are only added, `word` has to say that they are added again.",
  access: "editor",
  params: flowParamsSchema,
  body: z.strictObject({
    from: rereadSchema.shape.from.default(null),
    word: z.string().trim().max(40).optional(),
  }),
  response: flowSchema,
});

export const takeBackReread = endpoint({
  method: "delete",
  path: "/api/flows/:flowId/reread",
  tag: "Flows",
  summary: "Takes the wish to read again back; a run that has begun with it goes on.",
  access: "editor",
  params: flowParamsSchema,
  response: flowSchema,
});

export const pauseFlow = endpoint({
  method: "post",
  path: "/api/flows/:flowId/pause",
  tag: "Flows",
  summary: "Stops the schedule; a run that is under way finishes.",
  access: "editor",
  params: flowParamsSchema,
  response: flowSchema,
});

export const resumeFlow = endpoint({
  method: "post",
  path: "/api/flows/:flowId/resume",
  tag: "Flows",
  summary: "Starts the schedule again.",
  access: "editor",
  params: flowParamsSchema,
  response: flowSchema,
});

export const deleteFlow = endpoint({
  method: "delete",
  path: "/api/flows/:flowId",
  tag: "Flows",
  summary: "Deletes a flow and its history; the rows it moved stay where they are.",
  access: "editor",
  params: flowParamsSchema,
  response: z.object({}),
});
