import type { Run } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { rejectedCopy } from "./copy.ts";
import { useRetryRejected } from "./queries.ts";
import classes from "./retry-rejected.module.css";

/** Starts a run that reads only the rows that were set aside, and shows it. */
export function RetryRejected({ run }: { readonly run: Run }): ReactElement {
  const retry = useRetryRejected();
  const navigate = useNavigate();

  function again(): void {
    retry.mutate(run.id, {
      onSuccess: ({ flowId, id }) => void navigate({ to: "/flows/$flowId/runs/$runId", params: { flowId, runId: id } }),
    });
  }

  return (
    <div className={classes.retry}>
      <Button onClick={again} loading={retry.isPending} size="sm" aria-describedby="retry-hint">
        {rejectedCopy.retry}
      </Button>
      <p id="retry-hint" className={classes.hint}>
        {rejectedCopy.retryHint}
      </p>
      {retry.error && <ErrorCallout error={retry.error} />}
    </div>
  );
}
