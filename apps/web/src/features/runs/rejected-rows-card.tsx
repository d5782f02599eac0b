import type { RejectedRow, Run, SinkKind } from "@headgate/contract";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { downloadText } from "../../lib/download-text.ts";
import { countOf } from "../../lib/format/numbers.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { Skeletons } from "../../ui/skeletons.tsx";
import { rejectedCopy } from "./copy.ts";
import { rejectedIntro } from "./kind-words.ts";
import { RetryRejected } from "./retry-rejected.tsx";
import { runQueries } from "./queries.ts";
import { rejectedCsv } from "./rejected-csv.ts";
import { whatIsWrong } from "../../lib/messages/rejected-row.ts";
import classes from "./rejected-rows-card.module.css";

const shownAtFirst = 10;

/** Two rows without a key may look alike, so each is known by its place. */
type Placed = RejectedRow & { readonly place: number };

const columns: readonly Column<Placed>[] = [
  {
    key: "row",
    header: rejectedCopy.row,
    rowHeader: true,
    cell: ({ key }) => <code className={classes.key}>{key}</code>,
  },
  { key: "rule", header: rejectedCopy.rule, cell: ({ column, constraint }) => column ?? constraint ?? "–" },
  { key: "reason", header: rejectedCopy.reason, cell: whatIsWrong },
];

type Props = { readonly run: Run; readonly kind: SinkKind };

/** The rows a run set aside, each with what the destination had against it. */
export function RejectedRowsCard({ run, kind }: Props): ReactElement {
  const rejected = useQuery(runQueries.rejected(run.id));
  const [all, setAll] = useState(false);
  if (rejected.error) return <ErrorCallout error={rejected.error} />;
  const rows = rejected.data?.rows.map((row, place) => ({ ...row, place }));
  const save = rows && rows.length > 0 && (
    <Button
      variant="default"
      size="sm"
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={() => downloadText(`rejected-rows-${run.id}.csv`, rejectedCsv(rows))}
    >
      {rejectedCopy.download}
    </Button>
  );
  return (
    <SectionCard
      title={rejectedCopy.title}
      description={run.status === "failed" ? rejectedCopy.failed : rejectedIntro[kind]}
      actions={save}
    >
      {rows === undefined ? (
        <Skeletons lines={3} />
      ) : rejected.data?.retriedBy ? (
        <p>
          {rejectedCopy.retried}{" "}
          <Link to="/flows/$flowId/runs/$runId" params={{ flowId: run.flowId, runId: rejected.data.retriedBy }}>
            {rejectedCopy.seeRetry}
          </Link>
        </p>
      ) : rows.length === 0 ? (
        <p>{rejectedCopy.gone}</p>
      ) : (
        <>
          {rejected.data?.retryable && <RetryRejected run={run} />}
          <DataTable
            caption={rejectedCopy.title}
            columns={columns}
            rows={all ? rows : rows.slice(0, shownAtFirst)}
            rowKey={({ place }) => String(place)}
          />
          {!all && rows.length > shownAtFirst && (
            <Button variant="subtle" size="sm" onClick={() => setAll(true)}>
              {rejectedCopy.showAll(countOf(rows.length, "row"))}
            </Button>
          )}
        </>
      )}
    </SectionCard>
  );
}
