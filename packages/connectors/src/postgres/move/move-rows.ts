import type { Confirmation, Progress, Receipt, RejectedRow, Reread, RunNote } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { limitsOf, type PostgresContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { MovePlan } from "./column-plan.ts";
import { claimFlow } from "./claim-flow.ts";
import { writtenBefore, type Claim } from "./flow-state.ts";
import { lockState } from "./kept-outside/run-state.ts";
import { watchLine, type LineWatch } from "./line-watch.ts";
import { RunHeld } from "./mirror-guards.ts";
import { createProgress } from "./move-progress.ts";
import { openSides, type Sides } from "./open-sides.ts";
import { runOwnSql } from "./own-sql.ts";
import { beginPage, openLanes, type Lane, type Lanes } from "./pages/lane.ts";
import { openLedger } from "./pages/ledger.ts";
import { writePages } from "./pages/write-pages.ts";
import { prepareMove } from "./prepare-move.ts";
import { isRefused } from "./rejects/reject-log.ts";
import type { Side } from "./run-failures.ts";

export type MoveOrder = Claim & {
  readonly definition: MovePlan;
  readonly source: PostgresTarget;
  readonly destination: PostgresTarget;
  readonly ctx: PostgresContext;
  /** A person's yes to what an earlier run of this flow asked. */
  readonly confirmation?: Confirmation | undefined;
  /** A person's wish to read rows again, which no run has obeyed yet. */
  readonly reread?: Reread | undefined;
  /** How many rows a run of this flow usually reads; absent while that is not known. */
  readonly usualRows?: number | undefined;
  /** Keys of rows that an earlier run set aside: only they are read, and the flow stays where it is. */
  readonly retry?: readonly string[] | undefined;
  /** Digest of changed columns that somebody has said yes to, as `schema_changed` told it. */
  readonly acceptedColumns?: string | undefined;
  /** Waited for before any row is read, when something changed that the run may go on with. */
  readonly onNotes?: (notes: readonly RunNote[]) => Promise<void>;
  /**
   * The rows this attempt set aside so far, which stand after the first `kept` of the attempts before it. Waited for
   * before the commit, and when there were too many.
   */
  readonly onRejected?: (rows: readonly RejectedRow[], kept: number) => Promise<void>;
  /** What of the run is at the destination to stay, while more is to come. */
  readonly onCommitted?: (receipt: Receipt) => void;
  /** Called at most every 250 ms, and with every new stage. */
  readonly onProgress: (progress: Progress) => void;
};

export type Moved = {
  readonly receipt: Receipt;
  /** An earlier attempt of this run had committed already; nothing was written this time. */
  readonly alreadyApplied: boolean;
};

/**
 * Moves the rows of one run: a snapshot of the source flows by COPY into transactions at the destination, each of which
 * also records how far the run is. Modes that replace or compare all rows have one, all or nothing; the others commit
 * large tables in pages. Where single rows are refused and may be set aside, their page is moved once more, with care.
 * Throws a `RunFault`, `RunHeld` where a person has to say yes first, or the signal's reason.
 */
export async function moveRows(order: MoveOrder): Promise<Moved> {
  try {
    return await attempt(order, false);
  } catch (error) {
    if (!(error instanceof NeedsCare)) throw error;
    return attempt(order, true);
  }
}

/** Rows of a run of one page were refused; they may be set aside when all of it is done again. */
class NeedsCare extends Error {}

async function attempt(order: MoveOrder, careful: boolean): Promise<Moved> {
  const sides = openSides(order.source, order.destination, order.ctx, order.definition);
  try {
    return await move(order, sides, careful);
  } catch (error) {
    order.ctx.signal.throwIfAborted();
    throw error instanceof RunHeld || error instanceof NeedsCare ? error : sides.fault(error);
  } finally {
    await sides.close();
  }
}

async function move(order: MoveOrder, sides: Sides, careful: boolean): Promise<Moved> {
  const { source, destination } = await sides.open();
  const watches: LineWatch[] = [];
  const watch = (side: Side, session: Session): LineWatch => {
    const watching = watchLine(session, order[side], order.ctx);
    watches.push(watching);
    return watching;
  };
  try {
    const lane = { session: destination, watch: watch("destination", destination) };
    const openLane = async (): Promise<Lane> => {
      const session = await sides.another("destination");
      return { session, watch: watch("destination", session) };
    };
    const lanes = openLanes(lane, openLane);
    return await moveBetween({ order, sides, source, watch: watch("source", source), lane, lanes, careful });
  } finally {
    for (const watching of watches) watching.end();
  }
}

type Between = {
  readonly order: MoveOrder;
  readonly sides: Sides;
  readonly source: Session;
  readonly watch: LineWatch;
  /** The first of the lanes, in which the flow is claimed. */
  readonly lane: Lane;
  readonly lanes: Lanes;
  readonly careful: boolean;
};

async function moveBetween({ order, sides, source, watch, lane, lanes, careful }: Between): Promise<Moved> {
  const { ctx, definition } = order;
  const progress = createProgress(order.onProgress);
  const { session: destination } = lane;
  const state = await sides.at("destination", () => claimFlow(destination, order));
  const earlier = writtenBefore(state, order);
  if (earlier?.complete) return { receipt: earlier.receipt, alreadyApplied: true };
  if (earlier) order.onCommitted?.(earlier.receipt);

  await sides.at("destination", async () => {
    await beginPage(lane, limitsOf(ctx).lockMs);
    await lockState(destination, order, state.seq);
    await runOwnSql(destination, definition, "before", { target: order.destination, lockMs: limitsOf(ctx).lockMs });
  });
  const prepared = await prepareMove(definition, { source, destination }, sides, ctx, progress, {
    flowId: order.flowId,
    runId: order.runId,
    confirmation: order.confirmation,
    remembered: state,
    watches: { source: watch, destination: lane.watch },
    inPages: true,
    acceptedColumns: order.acceptedColumns,
    reread: order.reread,
    retry: order.retry,
    onNotes: order.onNotes,
  });
  progress.enter("reading", prepared.rowsEstimated);
  const ledger = openLedger(state.seq, prepared.goesOn ? earlier?.receipt : undefined, prepared.rejectLimit);
  try {
    const receipt = await writePages({ order, sides, progress, prepared, lanes, ledger, careful });
    return { receipt, alreadyApplied: false };
  } catch (error) {
    const again = prepared.parts.length === 1 && !careful && prepared.rejectLimit > 0 && isRefused(error);
    throw again ? new NeedsCare("rows were refused", { cause: error }) : error;
  }
}
