import type { Run, SinkKind } from "@headgate/contract";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatCount, formatDuration } from "../../lib/format/numbers.ts";
import { formatShortMoment } from "../../lib/format/time.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { arrivedLabels } from "./arrived-labels.ts";
import { RunBadge } from "./run-badge.tsx";
import { runMilliseconds } from "./run-state.ts";

const columns = (kind: SinkKind): readonly Column<Run>[] => [
  {
    key: "when",
    header: "Run",
    rowHeader: true,
    cell: (run) => (
      <Link to="/flows/$flowId/runs/$runId" params={{ flowId: run.flowId, runId: run.id }}>
        {formatShortMoment(new Date(run.startedAt ?? run.scheduledFor))}
      </Link>
    ),
  },
  { key: "result", header: "Result", cell: (run) => <RunBadge run={run} /> },
  { key: "read", header: "Read", align: "right", cell: (run) => figure(rowsRead(run)) },
  {
    key: "created",
    wideOnly: true,
    header: arrivedLabels[kind],
    align: "right",
    cell: (run) => figure(run.receipt?.created),
  },
  { key: "updated", wideOnly: true, header: "Changed", align: "right", cell: (run) => figure(run.receipt?.updated) },
  {
    key: "deleted",
    wideOnly: true,
    header: "Deleted",
    align: "right",
    cell: (run) => figure(run.receipt?.deleted),
  },
  {
    key: "rejected",
    wideOnly: true,
    header: "Set aside",
    align: "right",
    cell: (run) => figure(run.receipt?.rejected),
  },
  {
    key: "took",
    wideOnly: true,
    header: "Took",
    align: "right",
    cell: (run) => {
      const took = runMilliseconds(run);
      return took === null ? none : formatDuration(took);
    },
  },
];

const none = (
  <>
    <span aria-hidden>–</span>
    <span className="visually-hidden">none</span>
  </>
);

/** A run that asks has read everything too, but what it shows are the numbers of its question. */
function rowsRead({ receipt, hold, progress }: Run): number | undefined {
  return receipt?.read ?? (hold ? undefined : progress?.rowsRead);
}

function figure(count: number | undefined) {
  return count === undefined ? none : formatCount(count);
}

/** Figures that most flows never have. */
const seldom = ["deleted", "rejected"] as const;

type Props = { readonly runs: readonly Run[]; readonly kind?: SinkKind };

export function RunTable({ runs, kind = "postgres" }: Props): ReactElement {
  const never = seldom.filter((name) => runs.every(({ receipt }) => !receipt?.[name]));
  const unknown = kind === "postgres" ? [] : ["updated"];
  const shown = columns(kind).filter(({ key }) => ![...never, ...unknown].some((name) => name === key));
  return <DataTable caption="Runs of this flow, newest first" columns={shown} rows={runs} rowKey={(run) => run.id} />;
}
