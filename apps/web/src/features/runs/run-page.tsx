import type { Run, SinkKind } from "@headgate/contract";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatMoment } from "../../lib/format/time.ts";
import { BackLink } from "../../ui/back-link.tsx";
import { Callout } from "../../ui/callout.tsx";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Skeletons } from "../../ui/skeletons.tsx";
import { TechnicalDetails } from "../../ui/technical-details.tsx";
import { Stacked } from "../../ui/stacked.tsx";
import { CommittedPart } from "./committed-part.tsx";
import { useFlowKind } from "./flow-kind.ts";
import { HoldCard } from "./hold-card.tsx";
import { stoppedWords } from "./kind-words.ts";
import { RejectedRowsCard } from "./rejected-rows-card.tsx";
import { RunAgainButton } from "./run-again-button.tsx";
import { LiveRunCard } from "./live-run-card.tsx";
import { ReceiptCard } from "./receipt-card.tsx";
import { RunBadge } from "./run-badge.tsx";
import { RunFailureCallout } from "./run-failure-callout.tsx";
import { RunNotes } from "./run-notes.tsx";
import { RunTimeline } from "./run-timeline.tsx";
import classes from "./run-page.module.css";
import { runSentence } from "./run-sentence.ts";
import { committedRows, isActive } from "./run-state.ts";
import { UndoCard } from "./undo-card.tsx";
import { UndoneCard } from "./undone-card.tsx";
import { useLiveRun } from "./use-live-run.ts";

type Props = { readonly flowId: string; readonly runId: string };

export function RunPage({ flowId, runId }: Props): ReactElement {
  const run = useLiveRun(runId);
  const back = (
    <BackLink>
      <Link to="/flows/$flowId" params={{ flowId }}>
        Back to the flow
      </Link>
    </BackLink>
  );
  const { kind, keepsUndo } = useFlowKind(flowId);
  if (run.data) return <RunReport run={run.data} back={back} kind={kind} keepsUndo={keepsUndo} />;
  return (
    <>
      <PageHeader title="Run" above={back} />
      {run.error ? <ErrorCallout error={run.error} /> : <Skeletons lines={6} />}
    </>
  );
}

type ReportProps = {
  readonly run: Run;
  readonly back: ReactElement;
  readonly kind?: SinkKind;
  readonly keepsUndo?: boolean;
};

/** Everything about one run, from the plain sentence down to the technical fold. */
export function RunReport({ run, back, kind = "postgres", keepsUndo = false }: ReportProps): ReactElement {
  return (
    <Stacked>
      <PageHeader
        title={`Run of ${formatMoment(new Date(run.startedAt ?? run.scheduledFor))}`}
        above={back}
        actions={isActive(run) ? undefined : <RunAgainButton flowId={run.flowId} />}
        lead={
          <>
            <RunBadge run={run} /> <span className={classes.sentence}>{runSentence(run, kind)}</span>
          </>
        }
      />
      {isActive(run) && <LiveRunCard run={run} />}
      {run.failure && <RunFailureCallout failure={run.failure} />}
      {run.status === "cancelled" && (
        <Callout kind="info" title="This run was stopped">
          {stoppedWords[kind]}
          {kind === "postgres" && committedRows(run) === 0 && " The next run starts from a clean state."}
        </Callout>
      )}
      <CommittedPart run={run} />
      {run.notes.length > 0 && <RunNotes notes={run.notes} />}
      {run.hold && <HoldCard run={run} hold={run.hold} />}
      {run.receipt && !isActive(run) && run.trigger !== "undo" && <ReceiptCard receipt={run.receipt} kind={kind} />}
      {run.receipt && run.trigger === "undo" && <UndoneCard receipt={run.receipt} />}
      {keepsUndo && run.receipt && !isActive(run) && run.trigger !== "undo" && <UndoCard run={run} />}
      {!isActive(run) && setAside(run) && <RejectedRowsCard run={run} kind={kind} />}
      <RunTimeline run={run} />
      <TechnicalDetails label="Details for support" text={JSON.stringify(run, null, 2)} />
    </Stacked>
  );
}

/** Whether rows were set aside or not found, or so many were refused that the run failed. */
function setAside({ receipt, failure, notes }: Run): boolean {
  if (notes.some(({ code }) => code === "rows_not_found")) return true;
  return (receipt?.rejected ?? 0) + (receipt?.invalid ?? 0) > 0 || failure?.code === "too_many_rejected";
}
