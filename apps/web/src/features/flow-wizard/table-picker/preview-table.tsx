import type { PostgresConnection, TableName } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Callout } from "../../../ui/callout.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { Skeletons } from "../../../ui/skeletons.tsx";
import { FailureCallout } from "../../connections/check/failure-callout.tsx";
import { connectionQueries } from "../../connections/queries.ts";
import { previewCopy } from "./copy.ts";
import classes from "./preview-table.module.css";

type Props = { readonly connection: PostgresConnection; readonly table: TableName };

/** The first 20 rows of a table, as the database writes them. */
export function PreviewTable({ connection, table }: Props) {
  const preview = useQuery(connectionQueries.preview(connection.id, table));
  const again = (
    <Button variant="default" onClick={() => void preview.refetch()} loading={preview.isFetching}>
      {previewCopy.tryAgain}
    </Button>
  );
  if (preview.isPending) return <Skeletons lines={6} label={previewCopy.reading} />;
  if (preview.isError) return <ErrorCallout error={preview.error} actions={again} />;
  if (preview.data.status === "failed") {
    return (
      <>
        <FailureCallout failure={preview.data.failure} settings={connection.settings} actions={again} />
        <p className={classes.note}>{previewCopy.failed}</p>
      </>
    );
  }
  const { columns, rows } = preview.data.preview;
  if (rows.length === 0) return <Callout kind="info" title={previewCopy.empty} />;
  return (
    // Wide tables scroll sideways inside their frame; it takes focus so that the keyboard can do it too.
    <div className={classes.frame} role="region" aria-label={previewCopy.region(table.name)} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map(({ name, type }) => (
              <th key={name} scope="col">
                {name}
                <span className={classes.type}>{type}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // Rows have no name of their own and never move.
            <tr key={index}>
              {columns.map(({ name }, column) => (
                <Cell key={name} value={row[column] ?? null} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ value }: { readonly value: string | null }) {
  if (value === null) return <td className={classes.nothing}>{previewCopy.nothing}</td>;
  return <td title={value.length > 40 ? value : undefined}>{value}</td>;
}
