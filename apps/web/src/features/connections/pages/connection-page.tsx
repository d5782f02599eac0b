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
import { CheckPanel } from "../check/check-panel.tsx";
import { useConnectionCheck } from "../check/use-connection-check.ts";
import { ExportConnection } from "../export/export-connection.tsx";
import { ConnectionEditor } from "../form/connection-editor.tsx";
import { connectionQueries } from "../queries.ts";
import classes from "./connection-page.module.css";
import { pagesCopy } from "./copy.ts";
import { DeleteConnection } from "./delete-connection.tsx";
import { LastCheck } from "./last-check.tsx";

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
  const check = useConnectionCheck(connection.id);
  return (
    <div className={classes.page}>
      <PageHeader title={connection.name} above={back} lead={<LastCheck connection={connection} />} />
      <div className={classes.columns}>
        <SectionCard title={pagesCopy.detailsTitle} description={pagesCopy.detailsText}>
          {/* A saved change starts the form anew, with the new revision. */}
          <ConnectionEditor
            key={connection.revision}
            saved={connection}
            submitLabel="Save changes"
            onSaved={() => notifications.show({ color: "green", title: "Connection saved", message: connection.name })}
          />
        </SectionCard>
        <SectionCard title={pagesCopy.testTitle} description={pagesCopy.testText}>
          <CheckPanel connection={connection} check={check} />
        </SectionCard>
      </div>
      <ExportConnection connection={connection} />
      <DeleteConnection connection={connection} />
    </div>
  );
}
