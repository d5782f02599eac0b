import type { CheckFailure, PostgresConnection } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState, type ReactElement } from "react";
import { isProblem } from "../../../../lib/api-errors.ts";
import { Callout } from "../../../../ui/callout.tsx";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { CheckPanel } from "../../../connections/check/check-panel.tsx";
import { guiltyField } from "../../../connections/check/guilty-field.ts";
import { useConnectionCheck } from "../../../connections/check/use-connection-check.ts";
import { connectionQueries } from "../../../connections/queries.ts";
import { StepActions } from "../../layout/step-actions.tsx";
import type { StepProps } from "../../step-props.ts";
import { testCopy } from "./copy.ts";
import classes from "./test-step.module.css";

type Props = StepProps<"test">;

/** Step 2: whether the connection works, and if not, why and what to do. */
export function TestStep(props: Props): ReactElement {
  const connectionId = props.draft.steps.credentials?.connectionId ?? "";
  const connection = useQuery(connectionQueries.database(connectionId));
  if (connection.data) return <Test key={connectionId} {...props} connection={connection.data} />;
  return connection.isError ? <ErrorCallout error={connection.error} /> : <Skeletons lines={6} />;
}

function Test({ draft, saver, goOn, connection }: Props & { readonly connection: PostgresConnection }): ReactElement {
  const check = useConnectionCheck(connection);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>();
  const passed = check.phase === "finished" && check.verdict?.status === "succeeded";
  const { start } = check;
  useEffect(start, [start]);

  function goOnTested(): void {
    setBusy(true);
    setRefusal(undefined);
    saver
      .finish({ connectionId: connection.id, connectionRevision: connection.revision })
      .then(goOn)
      .catch((error: unknown) => setRefusal(error))
      .finally(() => setBusy(false));
  }

  return (
    <div className={classes.sheets}>
      <SectionCard title={testCopy.heading(connection.name)} description={addressOf(connection)}>
        <CheckPanel
          connection={connection}
          check={check}
          failureActions={(failure) => <ChangeLink draftId={draft.id} failure={failure} />}
        />
      </SectionCard>
      {refusal !== undefined && <Refused error={refusal} />}
      <StepActions saver={saver} busy={busy} blocked={passed ? undefined : testCopy.notYet} onContinue={goOnTested} />
    </div>
  );
}

/** The server's own words where it has some, for example that the connection was changed since. */
function Refused({ error }: { readonly error: unknown }): ReactElement {
  const messages = isProblem(error) ? Object.values(error.problem.fields ?? {}) : [];
  if (messages.length === 0) return <ErrorCallout error={error} />;
  return <Callout kind="danger" role="alert" title={messages.join(" ")} />;
}

function ChangeLink({ draftId, failure }: { readonly draftId: string; readonly failure: CheckFailure }) {
  return (
    <Button
      renderRoot={(props) => (
        <Link
          {...props}
          to="/flows/drafts/$draftId/$step"
          params={{ draftId, step: "credentials" }}
          search={{ field: guiltyField(failure) }}
          // The field is brought into view; the top of the page would take it out again.
          resetScroll={false}
        />
      )}
    >
      {testCopy.change}
    </Button>
  );
}

function addressOf({ settings: { user, host, port, database } }: PostgresConnection): string {
  return `Database ${database} on ${host}, port ${port}, as ${user}`;
}
