import type { Connection, ConnectionKind } from "@headgate/contract";
import { notifications } from "@mantine/notifications";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { BackLink } from "../../../ui/back-link.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { SectionCard } from "../../../ui/section-card.tsx";
import { ConnectionEditor } from "../form/connection-editor.tsx";
import { KindCards } from "../kind-cards.tsx";
import { KindEditor } from "../kinds/kind-editor.tsx";
import { pagesCopy } from "./copy.ts";
import classes from "./new-connection-page.module.css";

export function NewConnectionPage(): ReactElement {
  const navigate = useNavigate();
  const [kind, setKind] = useState<ConnectionKind>("postgres");
  const saving = {
    submitLabel: "Save connection",
    onSaved: (connection: Connection) => {
      notifications.show({ color: "green", title: "Connection saved", message: "Now test it." });
      void navigate({ to: "/connections/$connectionId", params: { connectionId: connection.id } });
    },
  };
  return (
    <div className={classes.page}>
      <PageHeader
        title={pagesCopy.newTitle}
        lead={pagesCopy.newLead}
        above={
          <BackLink>
            <Link to="/connections">All connections</Link>
          </BackLink>
        }
      />
      <SectionCard>
        <KindCards legend={pagesCopy.newKind} value={kind} onChange={setKind} />
      </SectionCard>
      <SectionCard>
        {kind === "postgres" ? <ConnectionEditor {...saving} /> : <KindEditor key={kind} kind={kind} {...saving} />}
      </SectionCard>
    </div>
  );
}
