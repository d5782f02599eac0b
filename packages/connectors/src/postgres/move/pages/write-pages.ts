import type { Receipt, RejectedRow } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { limitsOf } from "../../context.ts";
import { requireBalance } from "../balance.ts";
import { commitPage } from "../commit.ts";
import { lockState, saveState } from "../kept-outside/run-state.ts";
import type { MoveOrder } from "../move-rows.ts";
import type { MoveProgress } from "../move-progress.ts";
import type { Sides } from "../open-sides.ts";
import { runOwnSql } from "../own-sql.ts";
import type { PreparedMove } from "../prepare-move.ts";
import { isRefused, openRejectLog } from "../rejects/reject-log.ts";
import { mostListed } from "../rules/check-rules.ts";
import { requireUsualCount } from "../unusual-count.ts";
import type { WriteJob, Written } from "../writers/write-job.ts";
import { writers } from "../writers/writers.ts";
import { beginPage, type Lanes } from "./lane.ts";
import { addReceipts, receiptOf, type Ledger } from "./ledger.ts";
import type { Part } from "./part.ts";

export type Pages = {
  readonly order: MoveOrder;
  readonly sides: Sides;
  readonly progress: MoveProgress;
  readonly prepared: PreparedMove;
  /** The first is in the transaction of the first page already, with the flow's state locked. */
  readonly lanes: Lanes;
  readonly ledger: Ledger;
  /** Rows that are refused before all of this began are expected again. */
  readonly careful: boolean;
};

/**
 * Writes the parts of a run one after the other, each in a transaction of its own that also records it. Where a mode
 * stages its rows, the next part is copied while one is merged; they are committed in their order all the same.
 */
export async function writePages(pages: Pages): Promise<Receipt> {
  const { prepared, lanes, order } = pages;
  const { parts } = prepared;
  const stages = writeModeRules[order.definition.writeMode].needsSyncKey;
  if (stages && parts.length > 1) await lanes.widen();
  let before: Promise<void> = Promise.resolve();
  for (const [index, part] of parts.entries()) {
    if (lanes.count() === 1) await before;
    const page = beginWriting(pages, { part, index, before });
    try {
      await Promise.race([page.sent, page.done]);
      await before;
    } catch (error) {
      // What failed first is told: a page that waits for one that failed only fails with it.
      await before;
      throw error;
    }
    before = page.done;
  }
  await before;
  return pages.ledger.receipt;
}

type Page = { readonly sent: Promise<void>; readonly done: Promise<void> };

/** Begins to write a part. `sent` when the source is free again, `done` when it is committed. */
function beginWriting(pages: Pages, place: Pick<PageOrder, "part" | "index" | "before">): Page {
  const { sides, lanes, prepared, ledger, careful } = pages;
  const sent = Promise.withResolvers<void>();
  const page = { ...place, onSent: sent.resolve };
  const write = async (): Promise<void> => {
    try {
      return await sides.at("destination", () => writePage(pages, { ...page, careful }));
    } catch (error) {
      // A single page is the whole run: it is not worth keeping its snapshot while what still comes is thrown away.
      if (careful || prepared.parts.length === 1 || ledger.count.limit === 0 || !isRefused(error)) throw error;
    }
    await lanes.renew(place.index);
    await sides.at("destination", () => writePage(pages, { ...page, careful: true, again: true }));
  };
  const done = write();
  done.catch(() => {});
  return { sent: sent.promise, done };
}

type PageOrder = {
  readonly part: Part;
  readonly index: number;
  readonly before: Promise<void>;
  readonly careful: boolean;
  readonly again?: boolean;
  readonly onSent: () => void;
};

async function writePage(pages: Pages, { part, index, before, careful, again, onSent }: PageOrder): Promise<void> {
  const { order, sides, progress, prepared, lanes, ledger } = pages;
  const lane = lanes.at(index);
  let locked = index === 0 && !again;
  const turn = async (): Promise<void> => {
    if (locked) return;
    await before;
    await lockState(lane.session, order, ledger.seq);
    locked = true;
  };
  if (!locked) {
    await beginPage(lane, limitsOf(order.ctx).lockMs);
    // Rows that go straight into the table must not be there before nobody else can write them.
    if (lanes.count() === 1) await turn();
  }
  const rejects = careful ? openRejectLog(ledger.count, sides.fault) : undefined;
  const onMerging = (): void => (part.last ? progress.enter("merging") : undefined);
  const invalid: RejectedRow[] = [];
  const set = (): RejectedRow[] => [...prepared.missing, ...listable(invalid, ledger), ...(rejects?.rows ?? [])];
  const job = prepared.job(part, lane, { rejects, turn, onSent, onMerging, invalid });
  const written = await writeRows(pages, job, set);
  await turn();
  await job.undo?.mark();
  if (part.last) progress.enter("finishing");
  const receipt = receiptOf(written);
  requireBalance(receipt);
  if (prepared.addsNews) {
    const facts = { rows: receipt.read, usual: order.usualRows, alwaysFine: limitsOf(order.ctx).unusualRows };
    requireUsualCount(facts, order.confirmation);
  }
  if (part.last) {
    const place = { target: order.destination, lockMs: limitsOf(order.ctx).lockMs };
    await runOwnSql(lane.session, order.definition, "after", place);
  }
  const total = addReceipts(ledger.receipt, receipt);
  const seq = await saveState(lane.session, order, ledger.seq, {
    ...part.reached(),
    receipt: total,
    written: receipt.created + receipt.updated,
  });
  const { alive } = await commitPage(lane.session, order, seq, { target: order.destination, context: order.ctx });
  ledger.seq = seq;
  ledger.rejected = [...ledger.rejected, ...set()];
  ledger.receipt = total;
  if (!part.last) order.onCommitted?.(total);
  if (!alive && !part.last) await lanes.renew(index);
}

/** A run lists only so many of the rows that break its rules. */
function listable(invalid: readonly RejectedRow[], { receipt }: Ledger): readonly RejectedRow[] {
  return invalid.slice(0, mostListed - Math.min(mostListed, receipt.invalid));
}

async function writeRows(
  { order, ledger }: Pages,
  job: WriteJob,
  setAside: () => readonly RejectedRow[],
): Promise<Written> {
  try {
    return await writers[order.definition.writeMode](job);
  } finally {
    const rows = setAside();
    if (rows.length > 0) {
      await order.onRejected?.([...ledger.rejected, ...rows], ledger.kept);
    }
  }
}
