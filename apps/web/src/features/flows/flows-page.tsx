import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, type ReactElement } from "react";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Skeletons } from "../../ui/skeletons.tsx";
import { homeCopy } from "./copy.ts";
import { FirstDoors } from "./first-doors.tsx";
import { FlowTable } from "./flow-table.tsx";
import classes from "./flows-page.module.css";
import { flowQueries } from "./queries.ts";
import { useBeginFlow } from "./use-begin-flow.ts";

/** Judging how far a draft is takes the rules of schedules along, so it is fetched only where there are drafts. */
const DraftList = lazy(async () => ({ default: (await import("./draft-list.tsx")).DraftList }));

/** The home page: what runs, what broke, what was begun. */
export function FlowsPage(): ReactElement {
  const flows = useQuery(flowQueries.list());
  const drafts = useQuery(flowQueries.drafts());
  const { begin, beginning, error } = useBeginFlow();
  const empty = flows.data?.length === 0;

  return (
    <div className={classes.page}>
      <PageHeader
        title={homeCopy.title}
        lead={homeCopy.lead}
        actions={
          !empty &&
          !flows.isPending && (
            <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => begin(false)} loading={beginning}>
              New flow
            </Button>
          )
        }
      />
      {error !== null && <ErrorCallout error={error} />}
      {flows.error && (
        <ErrorCallout
          error={flows.error}
          actions={
            <Button variant="default" size="sm" onClick={() => void flows.refetch()}>
              Try again
            </Button>
          }
        />
      )}
      {flows.isPending && <Skeletons lines={5} label="Loading your flows" />}
      {empty && <FirstDoors begin={begin} beginning={beginning} />}
      {flows.data && !empty && <FlowTable flows={flows.data} />}
      <Suspense fallback={null}>{drafts.data && drafts.data.length > 0 && <DraftList drafts={drafts.data} />}</Suspense>
    </div>
  );
}
