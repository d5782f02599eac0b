import type { Connection, DestinationKind } from "@headgate/contract";
import type { ReactElement } from "react";
import { ErrorCallout } from "../../../../../ui/error-callout.tsx";
import { FailureCallout } from "../../../../connections/check/failure-callout.tsx";
import { isOfKind, type Receiver } from "../../../../connections/databases.ts";
import type { StepProps } from "../../../step-props.ts";
import { pickerCopy } from "../../../table-picker/copy.ts";
import { SlowSkeletons } from "../../../table-picker/slow-skeletons.tsx";
import { useTables } from "../../../use-tables.ts";
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
  const tables = useTables(draft);
  if (!chosen) {
    const ofKind = connections.filter((one): one is Receiver => isOfKind(one, kind));
    const { connectionId } = draft.steps.destination ?? {};
    return (
      <ChooseReceiver
        kind={kind}
        connections={ofKind}
        chosen={ofKind.some(({ id }) => id === connectionId) ? connectionId : undefined}
        saver={saver}
        onChosen={(connection, choice) => {
          saver.keep({ ...draft.steps.destination, form: undefined, kind, choice, connectionId: connection.id });
          onChosen(connection);
        }}
      />
    );
  }
  if (tables.status === "failed") {
    const owner = connections.find(({ id }) => id === tables.connectionId);
    if (tables.failure && owner) return <FailureCallout failure={tables.failure} settings={owner.settings} />;
    return <ErrorCallout error={tables.error} />;
  }
  if (tables.status === "reading") return <SlowSkeletons label={pickerCopy.reading} long={pickerCopy.readingLong} />;
  return <SentFormView key={chosen.id} {...props} connection={chosen} source={tables.source} />;
}
