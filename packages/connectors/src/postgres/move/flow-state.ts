import { receiptSchema, type Receipt } from "@headgate/contract";
import { z } from "zod";
import type { Session } from "../session.ts";
import { serverWords } from "../server-words.ts";
import type { StateKeeper } from "./kept-outside/state-keeper.ts";
import { positionSchema, type Remembered } from "./position.ts";
import { ownFault } from "./run-failures.ts";
import type { RunFault } from "./run-fault.ts";
import { sourceIdentitySchema } from "./source-identity.ts";

/** What the destination itself knows about a flow; it wins over anything our store says (reliability §4.2). */
export type FlowState = Remembered & {
  readonly seq: string;
  readonly epoch: string;
  readonly runId: string | null;
  /** What the last run did, or has done so far. */
  readonly receipt: Receipt | null;
};

export type Claim = {
  readonly runId: string;
  readonly flowId: string;
  readonly epoch: string;
  /** Keeps the state outside the destination, where that does not allow it. */
  readonly keeper?: StateKeeper | undefined;
};

/** The state as the destination, or whoever keeps it, has it. */
export const stateSchema = z.object({
  seq: z.string(),
  epoch: z.string(),
  runId: z.string().nullable(),
  receipt: receiptSchema.nullable(),
  position: positionSchema.nullable(),
  identity: sourceIdentitySchema.nullable(),
});
const columns = `seq::text as seq, epoch::text as epoch, run_id::text as "runId", receipt, position, source_identity as identity`;

/** Creates schema and table of the flows' state where they are missing. Two flows may try at once. */
export async function ensureFlowState(session: Session): Promise<void> {
  const [schema] = await session.query<{ there: boolean }>(
    `select exists (select from pg_catalog.pg_class c where c.relnamespace = n.oid and c.relname = 'flow_state') as there
       from pg_catalog.pg_namespace n where n.nspname = 'headgate'`,
  );
  if (schema?.there) return;
  // An administrator may have made the schema for us; naming it again would ask for the right to make schemas (42501).
  const makeSchema = schema ? "" : "create schema if not exists headgate;";
  await session.execute(createState(makeSchema)).catch((error: unknown) => {
    throw isForbidden(error) ? stateForbidden(session) : error;
  });
}

const createState = (makeSchema: string): string => `
  begin;
  select pg_catalog.pg_advisory_xact_lock(7237091841);
  ${makeSchema}
  create table if not exists headgate.flow_state (
    flow_id uuid primary key,
    epoch bigint not null,
    seq bigint not null default 0,
    run_id uuid,
    position jsonb,
    source_identity jsonb,
    rows bigint not null default 0,
    receipt jsonb,
    updated_at timestamptz not null default now()
  );
  comment on table headgate.flow_state is 'How far each flow of Headgate has come. Do not change it by hand.';
  commit`;

/** Makes this attempt the flow's only one. Throws `another_run_took_over` when a later attempt already did. */
export async function claimEpoch(session: Session, { flowId, epoch }: Claim): Promise<FlowState> {
  const [row] = await session.query(
    `insert into headgate.flow_state as state (flow_id, epoch) values ($1, $2)
     on conflict (flow_id) do update set epoch = excluded.epoch, updated_at = now()
      where state.epoch <= excluded.epoch
     returning ${columns}`,
    [flowId, epoch],
  );
  if (!row) throw takenOver();
  return stateSchema.parse(row);
}

/** Locks the flow's state until the transaction ends; nobody can claim it before. */
export async function lockState(session: Session, { flowId, epoch }: Claim, seq: string): Promise<void> {
  const found = await session.query(
    "select from headgate.flow_state where flow_id = $1 and epoch = $2 and seq = $3 for update",
    [flowId, epoch, seq],
  );
  if (found.length === 0) throw takenOver();
}

/**
 * Writes down, in the transaction of the rows, how far this run has read and what became of its rows, `written` of them
 * in this transaction. Answers the flow's next number, which is there once this is committed.
 */
export async function saveState(
  session: Session,
  claim: Claim,
  seq: string,
  { receipt, written, position, identity }: Remembered & { readonly receipt: Receipt; readonly written: number },
): Promise<string> {
  const [saved] = await session.query<{ seq: string }>(
    `update headgate.flow_state
        set seq = seq + 1, run_id = $4, rows = rows + $5::bigint, receipt = $6::jsonb, position = $7::jsonb,
            source_identity = $8::jsonb, updated_at = now()
      where flow_id = $1 and epoch = $2 and seq = $3 returning seq::text as seq`,
    [
      claim.flowId,
      claim.epoch,
      seq,
      claim.runId,
      written,
      JSON.stringify(receipt),
      position && JSON.stringify(position),
      identity && JSON.stringify(identity),
    ],
  );
  if (!saved) throw takenOver();
  return saved.seq;
}

/** What an earlier attempt of this very run has written, and whether that was all. */
export function writtenBefore(
  { runId, receipt, position }: FlowState,
  claim: Claim,
): { readonly receipt: Receipt; readonly complete: boolean } | undefined {
  if (runId !== claim.runId || !receipt) return undefined;
  return { receipt, complete: position?.kind !== "loading" && position?.kind !== "part" };
}

/** Reads the state behind whoever holds it, so the answer is what was committed. */
export async function readStateLocked(session: Session, flowId: string): Promise<FlowState | undefined> {
  const [row] = await session.query(`select ${columns} from headgate.flow_state where flow_id = $1 for update`, [
    flowId,
  ]);
  return row && stateSchema.parse(row);
}

/**
 * Ends the session that still holds the flow's state for an attempt before ours: a worker that was lost in the middle
 * of a merge, or that is frozen. The row's xmax is the transaction that locked it.
 */
export async function endHolder(session: Session, { flowId, epoch }: Pick<Claim, "flowId" | "epoch">): Promise<void> {
  await session.query(
    `select pg_catalog.pg_terminate_backend(l.pid)
       from headgate.flow_state s
       join pg_catalog.pg_locks l on l.locktype = 'transactionid' and l.granted and l.transactionid = s.xmax
      where s.flow_id = $1 and s.epoch <= $2 and l.pid <> pg_catalog.pg_backend_pid()`,
    [flowId, epoch],
  );
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "42501";
}

/** The destination login may not keep the flows' state. */
export function stateForbidden({ client }: Session): Error {
  const facts = { schema: "headgate", table: "headgate.flow_state", user: serverWords(client.user ?? "") };
  return ownFault("destination", { code: "state_forbidden", kind: "settings" }, facts);
}

export function takenOver(): RunFault {
  return ownFault("flow", { code: "another_run_took_over", kind: "temporary" }, {});
}
