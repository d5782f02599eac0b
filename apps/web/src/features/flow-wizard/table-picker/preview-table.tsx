import type { PostgresConnection, TableName } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { Skeletons } from "../../../ui/skeletons.tsx";
import { FailureCallout } from "../../connections/check/failure-callout.tsx";
import { connectionQueries } from "../../connections/queries.ts";
import { previewCopy } from "./copy.ts";
import { PreviewGrid } from "./preview-grid.tsx";
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
  return <PreviewGrid name={table.name} preview={preview.data.preview} />;
}
