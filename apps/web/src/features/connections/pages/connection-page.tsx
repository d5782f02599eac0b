import type { Connection } from "@headgate/contract";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { BackLink } from "../../../ui/back-link.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { SectionCard } from "../../../ui/section-card.tsx";
import { Skeletons } from "../../../ui/skeletons.tsx";
import { Stacked } from "../../../ui/stacked.tsx";
import { CheckPanel } from "../check/check-panel.tsx";
import { FailureCallout } from "../check/failure-callout.tsx";
import { useConnectionCheck } from "../check/use-connection-check.ts";
import { ExportConnection } from "../export/export-connection.tsx";
import { ConnectionEditor } from "../form/connection-editor.tsx";
import { connectionQueries } from "../queries.ts";
import { KindIcon } from "../kind-icon.tsx";
import { kindWords } from "../kind-words.ts";
import { KindEditor } from "../kinds/kind-editor.tsx";
import { RotateButtons } from "../rotate/rotate-buttons.tsx";
import { ConnectionMarks } from "./connection-marks.tsx";
import classes from "./connection-page.module.css";
import { pagesCopy } from "./copy.ts";
import { DeleteConnection } from "./delete-connection.tsx";
import { ExpiryCallouts } from "./expiry-callouts.tsx";
import { LastCheck } from "./last-check.tsx";
import { lastFailure } from "./last-failure.ts";
import { UseCard } from "./use-card.tsx";

type Props = { readonly connectionId: string };

export function ConnectionPage({ connectionId }: Props): ReactElement {
  const connection = useQuery(connectionQueries.one(connectionId));
  const back = (
    <BackLink>
      <Link to="/connections">All connections</Link>
    </BackLink>
  );
  if (connection.data) return <OneConnection connection={connection.data} back={back} />;
  return (
    <>
      <PageHeader title="Connection" above={back} />
      {connection.error ? <ErrorCallout error={connection.error} /> : <Skeletons lines={6} />}
    </>
  );
}

type OneProps = { readonly connection: Connection; readonly back: ReactElement };

function OneConnection({ connection, back }: OneProps): ReactElement {
  const check = useConnectionCheck(connection);
  const failure = lastFailure(connection);
  const saving = {
    submitLabel: "Save changes",
    onSaved: () => notifications.show({ color: "green", title: "Connection saved", message: connection.name }),
  };
  return (
    <Stacked>
      <PageHeader
        title={connection.name}
        above={back}
        lead={<Lead connection={connection} />}
        actions={connection.kind === "postgres" && !connection.practice && <RotateButtons connection={connection} />}
      />
      <ExpiryCallouts connection={connection} />
      <div className={classes.columns}>
        <SectionCard title={pagesCopy.detailsTitle} description={pagesCopy.detailsText}>
          {/* A saved change starts the form anew, with the new revision. */}
          {connection.kind === "postgres" ? (
            <ConnectionEditor key={connection.revision} saved={connection} {...saving} />
          ) : (
            <KindEditor key={connection.revision} kind={connection.kind} saved={connection} {...saving} />
          )}
        </SectionCard>
        <Stacked>
          <SectionCard title={pagesCopy.testTitle} description={pagesCopy.testText[connection.kind]}>
            {failure && check.phase === "idle" && (
              <div className={classes.failure}>
                <FailureCallout failure={failure} settings={connection.settings} />
              </div>
            )}
            <CheckPanel connection={connection} check={check} />
          </SectionCard>
          <UseCard connection={connection} />
        </Stacked>
      </div>
      {connection.kind === "postgres" && <ExportConnection connection={connection} />}
      <DeleteConnection connection={connection} />
    </Stacked>
  );
}

function Lead({ connection }: { readonly connection: Connection }): ReactElement {
  return (
    <div className={classes.lead}>
      <span className={classes.kind}>
        <KindIcon kind={connection.kind} size={18} />
        {kindWords[connection.kind].title}
      </span>
      <ConnectionMarks connection={connection} />
      <LastCheck connection={connection} />
    </div>
  );
}
