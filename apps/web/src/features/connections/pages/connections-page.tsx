import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Skeletons } from "../../../ui/skeletons.tsx";
import { connectionQueries } from "../queries.ts";
import { TunnelSection } from "../tunnels/tunnel-section.tsx";
import { ConnectionTable } from "./connection-table.tsx";
import { pagesCopy } from "./copy.ts";

/** All saved ways to reach a database. */
export function ConnectionsPage(): ReactElement {
  const connections = useQuery(connectionQueries.list());
  const navigate = useNavigate();
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => void navigate({ to: "/connections/new" })}>
      New connection
    </Button>
  );
  const empty = connections.data?.length === 0;
  return (
    <>
      <PageHeader title={pagesCopy.title} lead={pagesCopy.lead} actions={!empty && add} />
      {connections.error && (
        <ErrorCallout
          error={connections.error}
          actions={
            <Button variant="default" size="sm" onClick={() => void connections.refetch()}>
              Try again
            </Button>
          }
        />
      )}
      {connections.isPending && <Skeletons lines={5} label="Loading your connections" />}
      {empty && (
        <EmptyState title={pagesCopy.emptyTitle} actions={add}>
          {pagesCopy.emptyText}
        </EmptyState>
      )}
      {connections.data && !empty && <ConnectionTable connections={connections.data} />}
      <TunnelSection />
    </>
  );
}
