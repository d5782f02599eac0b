import type { PostgresConnection, TableName } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { FailureCallout } from "../../connections/check/failure-callout.tsx";
import { GrantsForFailure } from "../../connections/grants/grants-for-failure.tsx";
import { connectionQueries } from "../../connections/queries.ts";
import { pickerCopy } from "./copy.ts";
import { ManualTable } from "./manual-table.tsx";
import { SlowSkeletons } from "./slow-skeletons.tsx";
import { TableChooser } from "./table-chooser.tsx";
import type { TableItem } from "./table-search.ts";

type Props = {
  readonly connection: PostgresConnection;
  readonly value: TableName | undefined;
  readonly onSelect: (table: TableName) => void;
  /** Which kinds of tables may be chosen; all when left out. */
  readonly kinds?: readonly TableItem["kind"][];
  /** The table being looked at; unreadable ones are looked at but never selected. */
  readonly onLook?: (item: TableItem) => void;
};

/** Every table and view of one database, searchable; when the list cannot be read, a name can be typed instead. */
export function TablePicker({ connection, value, kinds, onSelect, onLook }: Props) {
  const catalog = useQuery(connectionQueries.catalog(connection.id));
  if (catalog.isPending) return <SlowSkeletons label={pickerCopy.reading} long={pickerCopy.readingLong} />;
  if (catalog.isError) return <ErrorCallout error={catalog.error} actions={lookAgain()} />;
  if (catalog.data.status === "failed") {
    return (
      <>
        <FailureCallout failure={catalog.data.failure} settings={connection.settings} actions={lookAgain()} />
        <GrantsForFailure connection={connection} failure={catalog.data.failure} />
        <ManualTable value={value} onSelect={onSelect} />
      </>
    );
  }
  if (catalog.data.streams.length === 0) {
    return (
      <EmptyState title={pickerCopy.noTablesTitle} actions={lookAgain()}>
        {pickerCopy.noTables}
      </EmptyState>
    );
  }
  return <TableChooser {...{ connection, value, kinds, onSelect, onLook }} catalog={catalog.data} />;

  function lookAgain() {
    return (
      <Button variant="default" loading={catalog.isFetching} onClick={() => void catalog.refetch()}>
        {pickerCopy.lookAgain}
      </Button>
    );
  }
}
