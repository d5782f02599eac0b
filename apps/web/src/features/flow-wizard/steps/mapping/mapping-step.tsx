import type { Connection, Stream } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, type ReactElement } from "react";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { FailureCallout } from "../../../connections/check/failure-callout.tsx";
import { connectionQueries } from "../../../connections/queries.ts";
import type { StepProps } from "../../step-props.ts";
import { pickerCopy } from "../../table-picker/copy.ts";
import { SlowSkeletons } from "../../table-picker/slow-skeletons.tsx";
import { useTables } from "../../use-tables.ts";
import { MappingForm } from "./mapping-form.tsx";
import { columnWords, headingWords, keyWords } from "./mapping-words.ts";

const EventsMappingForm = lazy(async () => ({
  default: (await import("./events/events-mapping-form.tsx")).EventsMappingForm,
}));

/** What the names on arrival are called, where they are not parts of events. */
const wordsOf = { postgres: columnWords, webhook: keyWords, files: headingWords } as const;

/** Step 5: which columns travel, and under which names. */
export function MappingStep(props: StepProps<"mapping">): ReactElement {
  const connections = useQuery(connectionQueries.list());
  const tables = useTables(props.draft);
  if (connections.isError) return <ErrorCallout error={connections.error} />;
  if (tables.status === "failed") {
    const again = (
      <Button variant="default" onClick={tables.lookAgain}>
        {pickerCopy.lookAgain}
      </Button>
    );
    const owner = connections.data?.find(({ id }) => id === tables.connectionId);
    if (tables.failure && owner) {
      return <FailureCallout failure={tables.failure} settings={owner.settings} actions={again} />;
    }
    return <ErrorCallout error={tables.error} actions={again} />;
  }
  const source = connections.data?.find(({ id }) => id === props.draft.steps.credentials?.connectionId);
  if (tables.status === "reading" || !source) {
    return <SlowSkeletons label={pickerCopy.reading} long={pickerCopy.readingLong} />;
  }
  const given = { ...props, connection: source, source: tables.source };
  const destination = connections.data?.find(({ id }) => id === props.draft.steps.destination?.connectionId);
  if (destination?.kind === "events") {
    return (
      <Suspense fallback={<SlowSkeletons label={pickerCopy.reading} long={pickerCopy.readingLong} />}>
        <EventsMappingForm {...given} dialect={destination.settings.dialect} />
      </Suspense>
    );
  }
  const words = wordsOf[destination?.kind ?? "postgres"];
  return <MappingForm {...given} destination={tables.destination} words={words} />;
}

export type MappingProps = StepProps<"mapping"> & {
  /** The source. */
  readonly connection: Connection;
  readonly source: Stream;
  /** Null where names are free: towards a table that is still to be created, a webhook or files. */
  readonly destination: Stream | null;
};
