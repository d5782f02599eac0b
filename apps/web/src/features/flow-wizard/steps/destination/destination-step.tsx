import type { Connection, SinkKind } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState, type ReactElement } from "react";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { databases, isOfKind } from "../../../connections/databases.ts";
import { KindCards } from "../../../connections/kind-cards.tsx";
import { kindWords } from "../../../connections/kind-words.ts";
import { placeWords } from "../../../connections/place-words.ts";
import { connectionQueries } from "../../../connections/queries.ts";
import type { StepProps } from "../../step-props.ts";
import { ChooseDatabase } from "./choose-database.tsx";
import { destinationCopy } from "./copy.ts";
import { withItsSql } from "./destination-form.ts";
import { DestinationTables } from "./destination-tables.tsx";
import classes from "./destination.module.css";

const SentDestination = lazy(async () => ({
  default: (await import("./sent/sent-destination.tsx")).SentDestination,
}));

type Props = StepProps<"destination">;

/** Step 4: first what kind of place, then which one, then what happens to the rows there. */
export function DestinationStep(props: Props): ReactElement {
  const connections = useQuery(connectionQueries.list());
  if (connections.data) return <Destination {...props} connections={connections.data} />;
  return connections.isError ? <ErrorCallout error={connections.error} /> : <Skeletons lines={6} />;
}

function Destination(props: Props & { readonly connections: readonly Connection[] }): ReactElement {
  const { draft, saver, connections } = props;
  const answered = draft.steps.destination;
  const [kind, setKind] = useState<SinkKind>(answered?.kind ?? "postgres");
  const [chosenId, setChosenId] = useState(answered?.connectionId);
  const [choosing, setChoosing] = useState(false);
  const found = connections.find((connection) => connection.id === chosenId && isOfKind(connection, kind));
  const chosen = choosing ? undefined : found;

  function become(next: SinkKind): void {
    setKind(next);
    setChosenId(undefined);
    const empty = { ...answered, kind: next, choice: undefined, connectionId: undefined, form: undefined };
    saver.keep(withItsSql(empty, answered ?? {}));
  }

  function choose(connection: Connection): void {
    setChosenId(connection.id);
    setChoosing(false);
  }

  return (
    <div className={classes.sheets}>
      {chosen ? (
        <SectionCard
          title={chosen.name}
          description={`${kindWords[kind].title}: ${placeWords(chosen.settings)}`}
          actions={
            <Button variant="default" onClick={() => setChoosing(true)}>
              {destinationCopy.changeDestination}
            </Button>
          }
        >
          {null}
        </SectionCard>
      ) : (
        <SectionCard>
          <KindCards legend={destinationCopy.whichKind} value={kind} onChange={become} />
        </SectionCard>
      )}
      {kind === "postgres" ? (
        <TableDestination {...props} chosen={chosen} onChosen={choose} />
      ) : (
        <Suspense fallback={<Skeletons lines={6} />}>
          <SentDestination key={kind} {...props} kind={kind} chosen={chosen} onChosen={choose} />
        </Suspense>
      )}
    </div>
  );
}

type TableProps = Props & {
  readonly connections: readonly Connection[];
  readonly chosen: Connection | undefined;
  readonly onChosen: (connection: Connection) => void;
};

function TableDestination({ connections, chosen, onChosen, ...props }: TableProps): ReactElement {
  const known = databases(connections);
  if (!chosen || !isOfKind(chosen, "postgres"))
    return <ChooseDatabase {...props} connections={known} onChosen={onChosen} />;
  return <DestinationTables key={chosen.id} {...props} connections={known} connection={chosen} />;
}
