import type { Confirmation, Progress, Receipt, RejectedRow, RunCode, RunNote } from "@headgate/contract";
import { rejectLimit, type PostgresTarget } from "@headgate/core";
import { limitsOf, type PostgresContext } from "../context.ts";
import { requireBalance } from "./balance.ts";
import type { MovePlan } from "./column-plan.ts";
import { claimFlow } from "./claim-flow.ts";
import { commitRun } from "./commit.ts";
import { lockState, saveState, type Claim } from "./flow-state.ts";
import { watchLine, type LineWatch } from "./line-watch.ts";
import { RunHeld } from "./mirror-guards.ts";
import { createProgress } from "./move-progress.ts";
import { openSides, type Sides } from "./open-sides.ts";
import { beginDestination } from "../settled.ts";
import { prepareMove } from "./prepare-move.ts";
import type { Side } from "./run-failures.ts";
import { RunFault } from "./run-fault.ts";
import type { Written } from "./writers/write-job.ts";
import { writers } from "./writers/writers.ts";

export type MoveOrder = Claim & {
  readonly definition: MovePlan;
  readonly source: PostgresTarget;
  readonly destination: PostgresTarget;
  readonly ctx: PostgresContext;
  /** A person's yes to what an earlier run of this flow asked. */
  readonly confirmation?: Confirmation | undefined;
  /** Digest of changed columns that somebody has said yes to, as `schema_changed` told it. */
  readonly acceptedColumns?: string | undefined;
  /** Waited for before any row is read, when something changed that the run may go on with. */
  readonly onNotes?: (notes: readonly RunNote[]) => Promise<void>;
  /** Waited for before the commit, and when there were too many. */
  readonly onRejected?: (rows: readonly RejectedRow[]) => Promise<void>;
  /** Called at most every 250 ms, and with every new stage. */
  readonly onProgress: (progress: Progress) => void;
};

export type Moved = {
  readonly receipt: Receipt;
  /** An earlier attempt of this run had committed already; nothing was written this time. */
  readonly alreadyApplied: boolean;
};

/**
 * Moves the rows of one run: a snapshot of the source flows by COPY into one transaction at the destination, which
 * also records the run. All of it is there afterwards or none. Where single rows are refused and may be set aside, it
 * moves once more, with care. Throws a `RunFault`, `RunHeld` where a person has to say yes first, or the signal's reason.
 */
export async function moveRows(order: MoveOrder): Promise<Moved> {
  try {
    return await attempt(order, false);
  } catch (error) {
    if (!isRefusal(error) || rejectLimit(order.definition, null) === 0) throw error;
    return attempt(order, true);
  }
}

const refusals: readonly RunCode[] = [
  "value_repeated",
  "value_required",
  "value_refused",
  "value_too_long",
  "value_out_of_range",
  "value_wrong_type",
  "reference_missing",
];

function isRefusal(error: unknown): boolean {
  return error instanceof RunFault && error.failure.origin === "destination" && refusals.includes(error.failure.code);
}

async function attempt(order: MoveOrder, careful: boolean): Promise<Moved> {
  const sides = openSides(order.source, order.destination, order.ctx, order.definition);
  try {
    return await move(order, sides, careful);
  } catch (error) {
    order.ctx.signal.throwIfAborted();
    throw error instanceof RunHeld ? error : sides.fault(error);
  } finally {
    await sides.close();
  }
}

async function move(order: MoveOrder, sides: Sides, careful: boolean): Promise<Moved> {
  const { ctx } = order;
  const sessions = await sides.open();
  const watches = {
    source: watchLine(sessions.source, order.source, ctx),
    destination: watchLine(sessions.destination, order.destination, ctx),
  };
  try {
    return await moveBetween(order, sides, { sessions, watches, careful });
  } finally {
    watches.source.end();
    watches.destination.end();
  }
}

type Between = {
  readonly sessions: Awaited<ReturnType<Sides["open"]>>;
  readonly watches: Readonly<Record<Side, LineWatch>>;
  readonly careful: boolean;
};

async function moveBetween(order: MoveOrder, sides: Sides, { sessions, watches, careful }: Between): Promise<Moved> {
  const { ctx, definition } = order;
  const { lockMs } = limitsOf(ctx);
  const progress = createProgress(order.onProgress);
  const { destination } = sessions;
  const state = await sides.at("destination", () => claimFlow(destination, order));
  if (state.runId === order.runId && state.receipt) return { receipt: state.receipt, alreadyApplied: true };

  await sides.at("destination", async () => {
    await destination.execute(beginDestination(lockMs));
    await lockState(destination, order, state.seq);
    await watches.destination.beganTransaction();
  });
  const job = await prepareMove(definition, sessions, sides, ctx, progress, {
    flowId: order.flowId,
    confirmation: order.confirmation,
    remembered: state,
    careful,
    watches,
    acceptedColumns: order.acceptedColumns,
    onNotes: order.onNotes,
  });
  progress.enter("reading", job.rowsEstimated);
  const rejected = job.write.rejects?.rows ?? [];
  const write = async (): Promise<Written> => {
    try {
      return await writers[definition.writeMode](job.write);
    } finally {
      if (rejected.length > 0) await order.onRejected?.(rejected);
    }
  };
  const { tally, ...counts } = await sides.at("destination", write);

  progress.enter("finishing");
  const receipt = { ...counts, read: tally.read, invalid: 0, rejected: tally.rejected, bytes: tally.bytes };
  requireBalance(receipt);
  await sides.at("destination", async () => {
    await saveState(destination, order, state.seq, receipt, job.reached);
    await commitRun(destination, order, order.destination, ctx);
  });
  return { receipt, alreadyApplied: false };
}
