import type { RejectedRow, Reread, RunNote } from "@headgate/contract";
import { rejectLimit, writeModeRules } from "@headgate/core";
import { requireStreamAt } from "./require-stream.ts";
import { limitsOf, type PostgresContext } from "../context.ts";
import { relationSql } from "../relation/relation-sql.ts";
import type { Session } from "../session.ts";
import { planColumns, type MovePlan } from "./column-plan.ts";
import { rememberingTables, requireSameColumns } from "./drift/require-same-columns.ts";
import type { KeySum } from "./key-hashes/key-sum.ts";
import type { LineWatch } from "./line-watch.ts";
import type { MoveProgress } from "./move-progress.ts";
import type { Sides } from "./open-sides.ts";
import { hasOwnSql } from "./own-sql.ts";
import { mayPage } from "./pages/may-page.ts";
import { openPageJobs, type MakeJob } from "./pages/page-jobs.ts";
import type { Part } from "./pages/part.ts";
import { goesOn, loadPages, rangesOf, snapshotPages, wholePart } from "./pages/plan-parts.ts";
import { readTableFiles } from "./pages/table-files.ts";
import type { Remembered } from "./position.ts";
import { openWindow } from "./read-window.ts";
import type { Side } from "./run-failures.ts";
import { openRuleCheck } from "./rules/check-rules.ts";
import { takeSnapshot } from "./source-snapshot.ts";
import { requireVisibleRows } from "./visible-rows.ts";
import { requireUndoable } from "./undo/undo-log.ts";
import { missingNotes, waitingNotes, windowOptions } from "./windows/window-options.ts";
import type { WriteJob } from "./writers/write-job.ts";

export type PreparedMove = {
  readonly rowsEstimated: number | null;
  /** How many rows may be set aside. */
  readonly rejectLimit: number;
  /** The rows of this run in the order in which they are committed. */
  readonly parts: readonly Part[];
  /** Whether reading goes on where an earlier run or attempt ended. */
  readonly goesOn: boolean;
  /** Whether rows are added that are new or changed since an earlier run, so that their number can be unusual. */
  readonly addsNews: boolean;
  /** Rows that were to be tried again and that the source does not have. */
  readonly missing: readonly RejectedRow[];
  readonly job: MakeJob;
};

/** What only a run knows; a dry run makes it up. */
export type RunFacts = Pick<WriteJob, "flowId" | "confirmation"> & {
  readonly remembered: Remembered;
  readonly watches: Readonly<Record<Side, LineWatch>>;
  /** Absent: a dry run. */
  readonly runId?: string;
  /** Whether rows may be committed in pages; a dry run looks at all of them at once. */
  readonly inPages: boolean;
  /** Digest of the columns that somebody has said yes to. */
  readonly acceptedColumns?: string | undefined;
  /** A person's wish to read rows again, which no run has obeyed yet. */
  readonly reread?: Reread | undefined;
  /** Keys of the only rows to read, while the flow stays where it is. */
  readonly retry?: readonly string[] | undefined;
  readonly onNotes?: ((notes: readonly RunNote[]) => Promise<void>) | undefined;
};

/** Takes the source's snapshot, looks at both tables as they are now and plans which rows travel, and how. */
export async function prepareMove(
  plan: MovePlan,
  { source, destination }: { readonly source: Session; readonly destination: Session },
  sides: Sides,
  context: PostgresContext,
  progress: MoveProgress,
  { remembered, watches, inPages, acceptedColumns, onNotes, reread, retry, runId, ...run }: RunFacts,
): Promise<PreparedMove> {
  const { lockMs, quietMs, pageBytes, diffRows } = limitsOf(context);
  let keys: KeySum | undefined;
  const known = remembered.identity?.columns;
  const snapshot = await sides.at("source", () =>
    rememberingTables(known, () => takeSnapshot(source, plan.source, lockMs)),
  );
  await sides.at("source", () => watches.source.beganTransaction());
  const table = plan.destination.table;
  const into = await sides.at("destination", () =>
    rememberingTables(known, () => requireStreamAt(destination, table, "destination")),
  );
  await sides.at("destination", () => requireVisibleRows(destination, plan.writeMode, into));
  const looked = requireSameColumns(plan, { source: snapshot.stream, destination: into }, known, acceptedColumns);
  if (looked.notes.length > 0) await onNotes?.(looked.notes);
  const undo = plan.keepsUndo && runId ? { flowId: run.flowId, runId, remembered } : undefined;
  if (undo) requireUndoable(into);
  const columns = planColumns(plan, snapshot.stream, into);
  const options = await windowOptions({
    plan,
    stream: snapshot.stream,
    destination,
    sides,
    flowId: run.flowId,
    confirmation: run.confirmation,
    reread,
    retry,
    watch: watches.source,
    quietMs,
    keeps: inPages,
  });
  const rules = openRuleCheck({ source, plan, columns, from: relationSql(plan.source) });
  const opened = await sides.at("source", () => openWindow(source, plan, snapshot.stream, remembered, options));
  const waiting = [...waitingNotes(opened), ...missingNotes(opened)];
  if (waiting.length > 0) await onNotes?.([...looked.notes, ...waiting]);
  const warn = async (warnings: readonly RunNote[]): Promise<void> => {
    if (warnings.length > 0) await onNotes?.([...looked.notes, ...waiting, ...warnings]);
  };
  // A mirror and a replacement look at their rows in ways of their own, and keep all of them or none.
  const upFront = rules !== undefined && !writeModeRules[plan.writeMode].setsAside;
  if (upFront) {
    await sides.at("source", () => rules.look(plan, opened.where));
    await warn(rules.notes());
  }
  const window = { ...opened, identity: { ...opened.identity, columns: looked.columns } };
  const reading = { source, watch: watches.source, plan, table: snapshot.stream, lockMs, at: sides.at, options };
  const reached = (): Remembered => {
    if (retry) return { position: remembered.position, identity: remembered.identity };
    const { position, identity } = window;
    return { position: position.kind === "all" ? { ...position, keys } : position, identity };
  };

  const planParts = async (): Promise<{ parts: readonly Part[]; goesOn: boolean }> => {
    const whole = { parts: [wholePart(reading, snapshot, window, reached)], goesOn: false };
    const { needsSyncKey, readsAll } = writeModeRules[plan.writeMode];
    // Of rows that are added by no key, nobody could tell after half of them which are there.
    const pageable = window.load ?? (plan.readMode === "full" && needsSyncKey && !readsAll);
    if (!inPages || !pageable || retry || rules?.mayStop || hasOwnSql(plan)) return whole;
    const files = await sides.at("source", () => readTableFiles(source, snapshot.stream));
    if (!files?.inRanges) return whole;
    const begun = await sides.at("source", async () => goesOn(reading, window, files));
    if (!begun && rangesOf(files, 0, pageBytes).length === 1) return whole;
    const both = { source: snapshot.stream, into, columns, files };
    const apart = await sides.at("destination", () => mayPage(destination, plan, both));
    if (!begun && !apart) return whole;
    const bytes = apart ? pageBytes : Number.MAX_SAFE_INTEGER;
    const order = { window, files, begun, pageBytes: bytes, keysProven: apart };
    if (!window.load) return { parts: snapshotPages(reading, snapshot, order), goesOn: false };
    return { parts: await sides.at("source", () => loadPages(reading, order)), goesOn: begun !== undefined };
  };

  const planned = await planParts();
  const sinceEarlier = plan.readMode === "incremental" && window.where !== undefined && window.load === undefined;
  return {
    ...planned,
    addsNews: plan.writeMode === "append" && sinceEarlier && reread === undefined,
    missing: window.missing,
    rowsEstimated: window.where === undefined && !planned.goesOn ? snapshot.stream.rowEstimate : null,
    rejectLimit: rejectLimit(plan, snapshot.stream.rowEstimate),
    job: openPageJobs({
      source,
      kind: snapshot.stream.kind,
      from: window.from ?? relationSql(plan.source),
      table,
      columns,
      sides,
      limits: limitsOf(context),
      watch: watches.source,
      onRows: progress.rows,
      reusesSource: planned.parts.length > 1,
      rules: upFront ? undefined : rules,
      onWarned: warn,
      undo,
      facts: {
        ...run,
        past: window.past,
        destination: into,
        keyList: {
          known: remembered.position?.kind === "all" ? remembered.position.keys : undefined,
          remember: (sum) => {
            keys = sum;
          },
          // A mirror leaves out what its own transaction wrote, and these statements write in it too.
          diffRows: hasOwnSql(plan) ? 0 : diffRows,
        },
      },
    }),
  };
}
