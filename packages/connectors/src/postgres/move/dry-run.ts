import type { DryRun, KeepsState } from "@headgate/contract";
import { relationName, writeModeRules, type PostgresTarget } from "@headgate/core";
import { limitsOf, type PostgresContext } from "../context.ts";
import { tableIdent } from "../identifiers.ts";
import { relationSql } from "../relation/relation-sql.ts";
import type { Session } from "../session.ts";
import { beginDestination } from "../settled.ts";
import type { MovePlan } from "./column-plan.ts";
import { requireCreateRight, requireStateRights, requireWriteRights } from "./destination-rights.ts";
import { unwatched } from "./line-watch.ts";
import { createProgress } from "./move-progress.ts";
import { openSides, type Sides } from "./open-sides.ts";
import { prepareMove } from "./prepare-move.ts";
import { ownFault } from "./run-failures.ts";
import { RunFault } from "./run-fault.ts";
import { takeSnapshot } from "./source-snapshot.ts";
import { countChanges, fillStage, requireGoodKeys } from "./stage.ts";
import { nothingDone, type Counts, type WriteJob } from "./writers/write-job.ts";

export type DryRunPlan = MovePlan & {
  /** The destination table does not exist yet; it will be created before the first run. */
  readonly createsTable?: boolean;
  /** Absent: at the destination, where there has to be a right to do so. */
  readonly keepsState?: KeepsState | undefined;
};

type Counted = Counts & { readonly read: number; readonly invalid?: number };

/**
 * Counts what a run would create, change and leave as it is, by doing all of it into a temporary table in a
 * transaction that is rolled back. Never throws for what the databases answer.
 */
export async function dryRun(
  plan: DryRunPlan,
  source: PostgresTarget,
  destination: PostgresTarget,
  context: PostgresContext,
): Promise<DryRun> {
  const started = performance.now();
  const deadline = AbortSignal.timeout(limitsOf(context).dryRunMs);
  const bounded = { ...context, signal: AbortSignal.any([context.signal, deadline]) };
  const sides = openSides(source, destination, bounded, plan);
  try {
    const counted = await count(plan, sides, bounded);
    return { status: "succeeded", ...counted, milliseconds: Math.round(performance.now() - started) };
  } catch (error) {
    context.signal.throwIfAborted();
    const late = ownFault("platform", { code: "too_slow", kind: "settings" }, {});
    return failed(deadline.aborted ? late : sides.fault(error));
  } finally {
    await sides.close();
  }
}

async function count(plan: DryRunPlan, sides: Sides, context: PostgresContext): Promise<Counted> {
  const { lockMs } = limitsOf(context);
  const sessions = await sides.open();
  const { destination } = sessions;
  if (plan.keepsState !== "headgate")
    await sides.at("destination", () => requireStateRights(destination, plan.writeMode));
  if (plan.createsTable) await sides.at("destination", () => requireCreateRight(destination, plan.destination.table));
  if (plan.createsTable) return countNew(plan, sessions.source, sides, lockMs);
  await sides.at("destination", () => destination.execute(beginDestination(lockMs)));
  const watches = { source: unwatched, destination: unwatched };
  const { parts, job } = await prepareMove(
    plan,
    sessions,
    sides,
    context,
    createProgress(() => {}),
    { flowId: "", confirmation: undefined, inPages: false, watches, remembered: { position: null, identity: null } },
  );
  const [part] = parts;
  if (!part) throw ownFault("flow", { code: "unexpected", kind: "bug" }, {});
  const page = { rejects: undefined, turn: async () => {}, onSent: () => {}, onMerging: () => {}, invalid: [] };
  const write = job(part, { session: destination, watch: unwatched }, page);
  await sides.at("destination", () => requireWriteRights(destination, plan.writeMode, write));
  // Through a stage in either mode, so that a value the destination cannot take shows before the first run.
  const { read, invalid = 0 } = await sides.at("destination", () => fillStage(write));
  const changes = await sides.at("destination", () => foretell(plan, write, read));
  await sides.at("destination", () => destination.execute("rollback"));
  return { ...changes, read: read + invalid, ...(invalid > 0 && { invalid }) };
}

async function foretell(plan: DryRunPlan, { session, table, plan: columns }: WriteJob, read: number): Promise<Counts> {
  const { creates, updates, deletes, needsSyncKey } = writeModeRules[plan.writeMode];
  if (!needsSyncKey) {
    const deleted = deletes ? await countRows(session, tableIdent(table)) : 0;
    return { ...nothingDone, created: read, deleted };
  }
  await requireGoodKeys(session, columns, table);
  const changes = await countChanges(session, table, columns);
  const created = creates ? changes.created : 0;
  const updated = updates ? changes.updated : 0;
  const matched = read - changes.created;
  const unchanged = updates ? matched - updated : 0;
  return { ...nothingDone, created, updated, unchanged, skipped: read - created - updated - unchanged };
}

/** Into a table still to be created every row is new; what can be wrong is the key. */
async function countNew(plan: DryRunPlan, source: Session, sides: Sides, lockMs: number): Promise<Counted> {
  return sides.at("source", async () => {
    const from = relationSql(plan.source);
    await takeSnapshot(source, plan.source, lockMs);
    const key = plan.syncKey.map((name) => plan.fields.find((field) => field.destination === name)?.source ?? name);
    if (writeModeRules[plan.writeMode].needsSyncKey) {
      await requireGoodKeys(source, { syncKey: key }, relationName(plan.source), from);
    }
    const read = await countRows(source, from);
    return { ...nothingDone, read, created: read };
  });
}

async function countRows(session: Session, from: string): Promise<number> {
  const [row] = await session.query<{ rows: string }>(`select count(*)::text as rows from ${from}`);
  return Number(row?.rows);
}

function failed(error: Error): DryRun {
  if (!(error instanceof RunFault)) throw error;
  const { origin, code, facts, detail } = error.failure;
  return { status: "failed", failure: { origin, code, facts, detail } };
}
