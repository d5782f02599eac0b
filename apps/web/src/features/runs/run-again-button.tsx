import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { useRunFlow } from "./queries.ts";

/** Starts the flow once more and shows the new run. */
export function RunAgainButton({ flowId }: { readonly flowId: string }): ReactElement {
  const runFlow = useRunFlow();
  const navigate = useNavigate();

  function again(): void {
    runFlow.mutate(flowId, {
      onSuccess: (run) => void navigate({ to: "/flows/$flowId/runs/$runId", params: { flowId, runId: run.id } }),
    });
  }

  return (
    <>
      <Button onClick={again} loading={runFlow.isPending} variant="default">
        Run again
      </Button>
      {runFlow.error && <ErrorCallout error={runFlow.error} />}
    </>
  );
}
