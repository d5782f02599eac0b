import type { RejectedRow, Run } from "@headgate/contract";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { runFailureCopy } from "../../lib/messages.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { Skeletons } from "../../ui/skeletons.tsx";
import { runQueries } from "./queries.ts";
import { rejectedCsv } from "./rejected-csv.ts";
import classes from "./rejected-rows-card.module.css";

const shownAtFirst = 10;

/** Two rows without a key may look alike, so their place tells them apart. */
type ListedRow = RejectedRow & { readonly place: number };

const columns: readonly Column<ListedRow>[] = [
  { key: "row", header: "Row", rowHeader: true, cell: (row) => <code className={classes.key}>{row.key}</code> },
  { key: "column", header: "Column or rule", cell: (row) => row.column ?? row.constraint ?? "–" },
  { key: "wrong", header: "What is wrong", cell: whatIsWrong },
];

/** The rows a run set aside, each with what the destination had against it; absent when there are none. */
export function RejectedRowsCard({ run }: { readonly run: Run }): ReactElement | null {
  const rejected = useQuery(runQueries.rejected(run.id));
  const [all, setAll] = useState(false);
  if (rejected.error) return <ErrorCallout error={rejected.error} />;
  const rows = rejected.data;
  if (rows?.length === 0 && !run.receipt?.rejected) return null;
  return (
    <SectionCard
      title="Rows set aside"
      description="The destination refused these rows. The others were written without them. The list is kept for 14 days."
      actions={
        rows && rows.length > 0 ? (
          <Button
            component="a"
            variant="default"
            size="sm"
            leftSection={<IconDownload size={16} aria-hidden />}
            href={`data:text/csv;charset=utf-8,${encodeURIComponent(rejectedCsv(rows))}`}
            download={`rejected-rows-${run.id}.csv`}
          >
            Download as CSV
          </Button>
        ) : undefined
      }
    >
      {rows === undefined ? (
        <Skeletons lines={3} />
      ) : rows.length === 0 ? (
        <p>The list of this run is no longer kept.</p>
      ) : (
        <>
          <DataTable
            caption="Rows set aside"
            columns={columns}
            rows={rows.slice(0, all ? rows.length : shownAtFirst).map((row, place) => ({ ...row, place }))}
            rowKey={(row) => String(row.place)}
          />
          {!all && rows.length > shownAtFirst && (
            <Button variant="subtle" size="sm" onClick={() => setAll(true)}>
              Show all {countOf(rows.length, "row")}
            </Button>
          )}
        </>
      )}
    </SectionCard>
  );
}

function whatIsWrong({ code, column, constraint }: RejectedRow): string {
  const facts = { ...(column && { column }), ...(constraint && { constraint }) };
  return runFailureCopy({ origin: "destination", kind: "settings", code, facts, detail: "", retryable: false }).title;
}
