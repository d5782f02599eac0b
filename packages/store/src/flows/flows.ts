import {
  flowSchema,
  postgresConnectionSchema,
  scheduleSchema,
  type Flow,
  type FlowDefinition,
} from "@headgate/contract";
import { anchorSchedule, connectionAttention, flowStatus, nextRuns } from "@headgate/core";
import { z } from "zod";
import { instant, many, maybeOne, type Queryable } from "../db.ts";
import { runColumns } from "../runs/run-rows.ts";

/** What tells whether a connection needs attention. */
const sideSchema = postgresConnectionSchema.pick({
  id: true,
  name: true,
  revision: true,
  lastCheck: true,
  expiries: true,
});
const flowRowSchema = flowSchema
  .omit({ status: true, attention: true })
  .extend({ sourceFacts: sideSchema, destinationFacts: sideSchema });

const side = (alias: string) =>
  `jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name, 'revision', ${alias}.revision,
                      'lastCheck', ${alias}.last_check, 'expiries', ${alias}.expiries)`;

/** One query for any number of flows: each brings its last ended run and its open one along. */
const selectFlows = `
  select flows.id, flows.name, flows.paused_at is not null as paused, flows.paused_for as "pausedFor", flows.definition, flows.practice,
         flows.reread,
         source.name as "sourceName", destination.name as "destinationName",
         ${side("source")} as "sourceFacts", ${side("destination")} as "destinationFacts",
         ${instant("flows.next_run_at")} as "nextRunAt", ${instant("flows.created_at")} as "createdAt",
         to_jsonb(last_run) as "lastRun", to_jsonb(active_run) as "activeRun"
    from flows
    join connections source on source.id = flows.source_connection_id
    join connections destination on destination.id = flows.destination_connection_id
    left join lateral (select ${runColumns} from runs
                        where runs.flow_id = flows.id and runs.finished_at is not null
                        order by runs.created_at desc limit 1) last_run on true
    left join lateral (select ${runColumns} from runs
                        where runs.flow_id = flows.id and runs.status in ('queued', 'running')) active_run on true`;

const order = { needs_attention: 0, running: 1, waiting: 2, healthy: 3, paused: 4 } as const;

/** All flows, those that need attention first, else by name. */
export async function listFlows(db: Queryable): Promise<Flow[]> {
  const rows = await many(db, flowRowSchema, `${selectFlows} order by lower(flows.name), flows.id`);
  return rows.map(withStatus).sort((a, b) => order[a.status] - order[b.status]);
}

/** One flow, or undefined. */
export async function findFlow(db: Queryable, id: string): Promise<Flow | undefined> {
  const row = await maybeOne(db, flowRowSchema, `${selectFlows} where flows.id = $1`, [id]);
  return row && withStatus(row);
}

function withStatus({ sourceFacts, destinationFacts, ...row }: z.infer<typeof flowRowSchema>): Flow {
  const sides = sourceFacts.id === destinationFacts.id ? [sourceFacts] : [sourceFacts, destinationFacts];
  const now = new Date();
  const attention = sides
    .map((facts) => ({
      connectionId: facts.id,
      connectionName: facts.name,
      reasons: connectionAttention(facts, now),
    }))
    .filter(({ reasons }) => reasons.length > 0);
  return { ...row, status: flowStatus(row), attention };
}

export type NewFlow = {
  readonly id: string;
  readonly name: string;
  readonly definition: FlowDefinition;
  readonly practice: boolean;
};

/** Saves a flow and plans its first slot; false when it exists already, because publishing was tried twice. */
export async function insertFlow(db: Queryable, flow: NewFlow, now = new Date()): Promise<boolean> {
  const schedule = anchorSchedule(flow.definition.schedule, now);
  const { rowCount } = await db.query(
    `insert into flows (id, name, definition, practice, next_run_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do nothing`,
    [flow.id, flow.name, { ...flow.definition, schedule }, flow.practice, nextRuns(schedule, now, 1)[0] ?? null],
  );
  return rowCount === 1;
}

/** Stops the schedule; a run under way finishes. False when there is no such flow. */
export async function pauseFlow(db: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    "update flows set paused_at = coalesce(paused_at, now()), next_run_at = null where id = $1",
    [id],
  );
  return rowCount === 1;
}

const pausedFlowSchema = z.object({ schedule: scheduleSchema, pausedAt: z.iso.datetime().nullable() });

/**
 * Starts the schedule again, with the columns as a run found them that paused the flow over them. A schedule that catches up makes good for
 * the slots of the pause with one run.
 */
export async function resumeFlow(db: Queryable, id: string, now = new Date()): Promise<boolean> {
  const flow = await maybeOne(
    db,
    pausedFlowSchema,
    `select definition->'schedule' as schedule, ${instant("paused_at")} as "pausedAt" from flows where id = $1`,
    [id],
  );
  if (!flow) return false;
  const { schedule, pausedAt } = flow;
  if (pausedAt === null) return true;
  const catchesUp = schedule.kind !== "manual" && schedule.missed === "catch_up";
  const [next] = nextRuns(schedule, catchesUp ? new Date(pausedAt) : now, 1);
  await db.query(
    `update flows set paused_at = null, paused_for = null, next_run_at = $2,
            accepted_columns = case when paused_for = 'schema_changed' then (
              select failure->'facts'->>'digest' from runs where flow_id = $1 and failure->>'code' = 'schema_changed'
               order by created_at desc limit 1) else accepted_columns end
      where id = $1 and paused_at is not null`,
    [id, next ?? null],
  );
  return true;
}

/** Deletes a flow with its history, unless one of its runs is under way. */
export async function deleteFlow(db: Queryable, id: string): Promise<"deleted" | "not_found" | "run_active"> {
  const { rowCount } = await db.query(
    "delete from flows where id = $1 and not exists (select from runs where flow_id = $1 and status = 'running')",
    [id],
  );
  if (rowCount === 1) return "deleted";
  const found = await db.query("select from flows where id = $1", [id]);
  return found.rowCount === 0 ? "not_found" : "run_active";
}
