import type { Connection } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { connectionQueries } from "../../../connections/queries.ts";
import type { StepProps } from "../../step-props.ts";
import { ChooseDatabase } from "./choose-database.tsx";
import { destinationCopy } from "./copy.ts";
import { DestinationTables } from "./destination-tables.tsx";
import classes from "./destination.module.css";

type Props = StepProps<"destination">;

/** Step 4: first the database, then the table in it and what happens to rows that are already there. */
export function DestinationStep(props: Props): ReactElement {
  const connections = useQuery(connectionQueries.list());
  if (connections.data) return <Destination {...props} connections={connections.data} />;
  return connections.isError ? <ErrorCallout error={connections.error} /> : <Skeletons lines={6} />;
}

function Destination(props: Props & { readonly connections: readonly Connection[] }): ReactElement {
  const { draft, connections } = props;
  const [chosenId, setChosenId] = useState(draft.steps.destination?.connectionId);
  const [choosing, setChoosing] = useState(false);
  const chosen = connections.find((connection) => connection.id === chosenId);

  if (!chosen || choosing) {
    return (
      <ChooseDatabase
        {...props}
        onChosen={(connection) => {
          setChosenId(connection.id);
          setChoosing(false);
        }}
      />
    );
  }
  const { database, host, port } = chosen.settings;
  return (
    <div className={classes.sheets}>
      <SectionCard
        title={chosen.name}
        description={`${database} on ${host}:${port}`}
        actions={
          <Button variant="default" onClick={() => setChoosing(true)}>
            {destinationCopy.changeDatabase}
          </Button>
        }
      >
        {null}
      </SectionCard>
      <DestinationTables key={chosen.id} {...props} connection={chosen} />
    </div>
  );
}
