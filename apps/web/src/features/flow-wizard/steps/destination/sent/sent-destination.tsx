import type { Connection, DestinationKind } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { ErrorCallout } from "../../../../../ui/error-callout.tsx";
import { FailureCallout } from "../../../../connections/check/failure-callout.tsx";
import { isOfKind, type Receiver } from "../../../../connections/databases.ts";
import { sourceStream } from "../../../source-query.ts";
import type { StepProps } from "../../../step-props.ts";
import { pickerCopy } from "../../../table-picker/copy.ts";
import { SlowSkeletons } from "../../../table-picker/slow-skeletons.tsx";
import { ChooseReceiver } from "./choose-receiver.tsx";
import { SentFormView } from "./sent-form-view.tsx";

type Props = StepProps<"destination"> & {
  readonly kind: DestinationKind;
  readonly connections: readonly Connection[];
  /** The receiver that was chosen and tested; undefined while one is being chosen. */
  readonly chosen: Connection | undefined;
  readonly onChosen: (connection: Connection) => void;
};

/** Step 4 for rows that are sent off or become files. */
export function SentDestination(props: Props): ReactElement {
  const { draft, saver, kind, connections, chosen, onChosen } = props;
  const source = useQuery(sourceStream(draft));
  // The draft hears of it a moment later.
  const [choice, setChoice] = useState(draft.steps.destination?.choice);
  if (!chosen) {
    const ofKind = connections.filter((one): one is Receiver => isOfKind(one, kind));
    const { connectionId } = draft.steps.destination ?? {};
    return (
      <ChooseReceiver
        kind={kind}
        connections={ofKind}
        chosen={ofKind.some(({ id }) => id === connectionId) ? connectionId : undefined}
        saver={saver}
        onChosen={(connection, made) => {
          saver.keep({ ...draft.steps.destination, form: undefined, kind, choice: made, connectionId: connection.id });
          setChoice(made);
          onChosen(connection);
        }}
      />
    );
  }
  if (source.isError) return <ErrorCallout error={source.error} />;
  if (source.data?.status === "failed") {
    const owner = connections.find(({ id }) => id === draft.steps.credentials?.connectionId) ?? chosen;
    return <FailureCallout failure={source.data.failure} settings={owner.settings} />;
  }
  if (!source.data) return <SlowSkeletons label={pickerCopy.reading} long={pickerCopy.readingLong} />;
  return <SentFormView key={chosen.id} {...props} connection={chosen} choice={choice} source={source.data.stream} />;
}
