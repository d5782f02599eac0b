import { z } from "zod";
import { connectionAttentionSchema } from "./connection-attention.ts";
import { badRowsSchema, fieldMappingSchema, tableNameSchema, readModeSchema, writeModeSchema } from "./step-answers.ts";
import { endpoint } from "./endpoint.ts";
import { idSchema, identifierSchema, instantSchema } from "./fields.ts";
import { runSchema } from "./runs.ts";
import { scheduleSchema } from "./schedule.ts";

/** A published flow: everything a worker needs to know except the secrets. */
export const flowDefinitionSchema = z.object({
  source: z.object({ connectionId: idSchema, table: tableNameSchema }),
  destination: z.object({ connectionId: idSchema, table: tableNameSchema }),
  writeMode: writeModeSchema,
  readMode: readModeSchema.default("full"),
  badRows: badRowsSchema.default("stop"),
  /** Destination columns that identify a row across runs; empty for modes that need none. */
  syncKey: z.array(identifierSchema),
  fields: z.array(fieldMappingSchema).min(1),
  schedule: scheduleSchema,
});
export type FlowDefinition = z.infer<typeof flowDefinitionSchema>;

/** Derived from facts, never stored. */
export const flowStatuses = ["healthy", "running", "waiting", "needs_attention", "paused"] as const;
export const flowStatusSchema = z.enum(flowStatuses);
export type FlowStatus = z.infer<typeof flowStatusSchema>;

export const flowSchema = z.object({
  id: idSchema,
  name: z.string(),
  status: flowStatusSchema,
  paused: z.boolean(),
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
