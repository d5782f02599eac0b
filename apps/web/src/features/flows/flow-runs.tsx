import type { Flow } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, type ReactElement } from "react";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { Skeletons } from "../../ui/skeletons.tsx";
import { runQueries } from "../runs/queries.ts";
import { RunChart } from "../runs/run-chart.tsx";
import { RunTable } from "../runs/run-table.tsx";
import classes from "./flow-runs.module.css";

/** The last 30 runs, drawn and listed. */
export function FlowRuns({ flow }: { readonly flow: Flow }): ReactElement {
  const runs = useQuery(runQueries.ofFlow(flow.id));
  const navigate = useNavigate();
  const newest = `${flow.activeRun?.id} ${flow.lastRun?.id}`;

  // The flow is asked every few seconds; when it knows of another run, so should the list.
  const { refetch } = runs;
  useEffect(() => void refetch(), [newest, refetch]);

  if (runs.error) return <ErrorCallout error={runs.error} />;
  if (!runs.data) return <Skeletons lines={5} label="Loading the runs" />;
  if (runs.data.length === 0) {
    return (
      <EmptyState title="Not run yet">
        Press Run now, or wait for the schedule. Every run is kept here with a receipt of what it did.
      </EmptyState>
    );
  }
  return (
    <SectionCard title={runs.data.length === 1 ? "The first run" : "The last runs"}>
      <RunChart
        runs={runs.data}
        onOpen={(runId) => void navigate({ to: "/flows/$flowId/runs/$runId", params: { flowId: flow.id, runId } })}
      />
      <div className={classes.table}>
        <RunTable runs={runs.data} kind={flow.definition.destination.kind} />
      </div>
    </SectionCard>
  );
}
