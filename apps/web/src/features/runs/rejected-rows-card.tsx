import type { RejectedRow, Run } from "@headgate/contract";
import { Button, Table } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { runFailureCopy } from "../../lib/messages.ts";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { Skeletons } from "../../ui/skeletons.tsx";
import { runQueries } from "./queries.ts";
import { rejectedCsv } from "./rejected-csv.ts";
import classes from "./rejected-rows-card.module.css";

const shownAtFirst = 10;

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
          <div className={classes.scroll} tabIndex={0} role="region" aria-label="Rows set aside, list">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Row</Table.Th>
                  <Table.Th>Column or rule</Table.Th>
                  <Table.Th>What is wrong</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.slice(0, all ? rows.length : shownAtFirst).map((row, place) => (
                  // Two rows without a key may look alike.
                  <Table.Tr key={place}>
                    <Table.Td>
                      <code className={classes.key}>{row.key}</code>
                    </Table.Td>
                    <Table.Td>{row.column ?? row.constraint ?? "–"}</Table.Td>
                    <Table.Td>{whatIsWrong(row)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
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
