import type { RunNote } from "@headgate/contract";
import { rejectLimit } from "@headgate/core";
import { requireStreamAt } from "./require-stream.ts";
import { idents } from "../identifiers.ts";
import { limitsOf, type PostgresContext } from "../context.ts";
import { relationSql } from "../relation/relation-sql.ts";
import type { Session } from "../session.ts";
import { planColumns, type ColumnPlan, type MovePlan } from "./column-plan.ts";
import { copyRows } from "./copy-rows.ts";
import { rememberingTables, requireSameColumns } from "./drift/require-same-columns.ts";
import { copyCarefully } from "./rejects/careful-copy.ts";
import { openRejectLog } from "./rejects/reject-log.ts";
import type { KeySum } from "./key-hashes/key-sum.ts";
import type { LineWatch } from "./line-watch.ts";
import type { MoveProgress } from "./move-progress.ts";
import type { Sides } from "./open-sides.ts";
import { openWindow, type Remembered } from "./read-window.ts";
import type { Side } from "./run-failures.ts";
import { takeSnapshot } from "./source-snapshot.ts";
import { requireVisibleRows } from "./visible-rows.ts";
import type { WriteJob } from "./writers/write-job.ts";

export type PreparedMove = {
  readonly rowsEstimated: number | null;
  readonly write: WriteJob;
  /** What the destination has to remember once the rows are there. */
  readonly reached: Remembered;
};

/** What only a run knows; a dry run makes it up. */
export type RunFacts = Pick<WriteJob, "flowId" | "confirmation"> & {
  readonly remembered: Remembered;
  /** Sets refused rows aside; slower, so a run tries without first. */
  readonly careful: boolean;
  readonly watches: Readonly<Record<Side, LineWatch>>;
  /** Digest of the columns that somebody has said yes to. */
  readonly acceptedColumns?: string | undefined;
  readonly onNotes?: ((notes: readonly RunNote[]) => Promise<void>) | undefined;
};

/** Takes the source's snapshot, looks at both tables as they are now and plans which rows travel, and how. */
export async function prepareMove(
  plan: MovePlan,
  { source, destination }: { readonly source: Session; readonly destination: Session },
  sides: Sides,
  context: PostgresContext,
  progress: MoveProgress,
  { remembered, careful, watches, acceptedColumns, onNotes, ...run }: RunFacts,
): Promise<PreparedMove> {
  const { lockMs, stallMs, quietMs, diffRows } = limitsOf(context);
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
  const columns = planColumns(plan, snapshot.stream, into);
  const window = await sides.at("source", () => openWindow(source, plan, snapshot.stream, remembered));
  const rejects = careful ? openRejectLog(rejectLimit(plan, snapshot.stream.rowEstimate), sides.fault) : undefined;
  const which = window.where === undefined ? "" : ` where ${window.where}`;
  const select = `select ${idents(columns.sourceColumns)} from ${relationSql(plan.source)}${which}`;
  const wire = { format: columns.format, stallMs, quietMs, watches };
  // However long the destination merges, the source need not keep its snapshot.
  const endReading = (): Promise<void> =>
    sides.at("source", () => snapshot.end());
  let keys: KeySum | undefined;
  return {
    reached: {
      get position() {
        return window.position.kind === "all" ? { ...window.position, keys } : window.position;
      },
      identity: { ...window.identity, columns: looked.columns },
    },
    rowsEstimated: window.where === undefined ? snapshot.stream.rowEstimate : null,
    write: {
      ...run,
      rejects,
      past: window.past,
      session: destination,
      table,
      destination: into,
      plan: columns,
      transfer: async (where, options) => {
        const order = { ...wire, ...options, select, into: where, onRows: progress.rows };
        const tally = rejects
          ? await copyCarefully(source, destination, { ...order, rejects, keyPlaces: keyPlaces(columns) })
          : await copyRows(source, destination, order);
        await endReading();
        return tally;
      },
      reading: {
        session: source,
        kind: snapshot.stream.kind,
        select,
        watches,
        quietMs,
        at: (work) => sides.at("source", work),
        onRows: progress.rows,
        copy: (some, where) => copyRows(source, destination, { ...wire, select: some, into: where, onRows: () => {} }),
        end: endReading,
      },
      keyList: {
        known: remembered.position?.kind === "all" ? remembered.position.keys : undefined,
        remember: (sum) => {
          keys = sum;
        },
        diffRows,
      },
      onMerging: () => progress.enter("merging"),
    },
  };
}

/** What names a row that is set aside: its key, or everything it holds. */
function keyPlaces({ columns, syncKey }: ColumnPlan): number[] {
  const named = syncKey.length > 0 ? syncKey : columns;
  return named.map((name) => columns.indexOf(name));
}
