import type { PostgresConnection } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { FailureCallout } from "../../../connections/check/failure-callout.tsx";
import { GrantsForFailure } from "../../../connections/grants/grants-for-failure.tsx";
import { connectionQueries } from "../../../connections/queries.ts";
import { sourceStream } from "../../source-query.ts";
import type { StepProps } from "../../step-props.ts";
import { pickerCopy } from "../../table-picker/copy.ts";
import { SlowSkeletons } from "../../table-picker/slow-skeletons.tsx";
import { DestinationFormView } from "./destination-form-view.tsx";

type Props = StepProps<"destination"> & {
  readonly connections: readonly PostgresConnection[];
  /** The destination. */
  readonly connection: PostgresConnection;
};

/** Reads what the choice of a destination table needs: the source table and the destination's catalog. */
export function DestinationTables({ connections, connection, ...step }: Props): ReactElement {
  const sourceId = step.draft.steps.credentials?.connectionId ?? "";
  const source = useQuery(sourceStream(step.draft));
  const catalog = useQuery(connectionQueries.catalog(connection.id));
  const sourceConnection = connections.find(({ id }) => id === sourceId);

  for (const [query, owner, plays] of [
    [catalog, connection, "destination"],
    [source, sourceConnection, "source"],
  ] as const) {
    const again = (
      <Button variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
        {pickerCopy.lookAgain}
      </Button>
    );
    if (query.isError) return <ErrorCallout error={query.error} actions={again} />;
    if (query.data?.status === "failed") {
      const { failure } = query.data;
      const side = owner ?? connection;
      return (
        <>
          <FailureCallout failure={failure} settings={side.settings} actions={again} />
          <GrantsForFailure connection={side} failure={failure} plays={plays} />
        </>
      );
    }
  }
  if (catalog.data?.status !== "succeeded" || source.data?.status !== "succeeded" || !sourceConnection) {
    return <SlowSkeletons label={pickerCopy.reading} long={pickerCopy.readingLong} />;
  }
  return (
    <DestinationFormView
      {...step}
      connection={connection}
      sourceConnection={sourceConnection}
      source={source.data.stream}
      catalog={catalog.data}
    />
  );
}
