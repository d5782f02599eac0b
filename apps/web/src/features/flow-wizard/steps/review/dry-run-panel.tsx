import type { Draft, DryRun, SinkKind, WriteMode } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { formatCount, formatDuration } from "../../../../lib/format/numbers.ts";
import { Callout } from "../../../../ui/callout.tsx";
import { CopyButton } from "../../../../ui/copy-button.tsx";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { Stat, StatList } from "../../../../ui/stat.tsx";
import { TechnicalDetails } from "../../../../ui/technical-details.tsx";
import { draftQueries } from "../../queries.ts";
import { reviewCopy } from "./copy.ts";
import { dryRunFailureCopy } from "./dry-run-copy.ts";
import { MissingRights } from "./missing-rights.tsx";
import { SentCounts } from "./sent-counts.tsx";
import classes from "./review.module.css";

/** What the first run would do, counted without writing. Starts by itself and can be stopped and repeated. */
export function DryRunPanel({ draft }: { readonly draft: Draft }): ReactElement {
  const client = useQueryClient();
  const [stopped, setStopped] = useState(false);
  const { sqlBefore, sqlAfter } = draft.steps.destination ?? {};
  const options = draftQueries.dryRun(draft);
  const counted = useQuery({ ...options, enabled: !stopped });

  function stop(): void {
    setStopped(true);
    // Ends the request, and with it both sessions at the databases.
    void client.cancelQueries({ queryKey: options.queryKey });
  }

  function again(): void {
    setStopped(false);
    void counted.refetch();
  }

  const action = counted.isFetching ? (
    <Button variant="default" size="sm" onClick={stop}>
      {reviewCopy.dryStop}
    </Button>
  ) : (
    <Button variant="default" size="sm" onClick={again}>
      {reviewCopy.dryAgain}
    </Button>
  );
  return (
    <SectionCard
      title={reviewCopy.dryTitle}
      description={reviewCopy.dryIntros[draft.steps.destination?.kind ?? "postgres"]}
      actions={action}
    >
      {counted.isFetching ? (
        <Skeletons lines={3} label={reviewCopy.dryRunning} />
      ) : stopped ? (
        <p role="status">{reviewCopy.dryStopped}</p>
      ) : counted.isError ? (
        <ErrorCallout error={counted.error} />
      ) : counted.data?.status === "failed" ? (
        <div className={classes.stack}>
          <Failed failure={counted.data.failure} />
          <MissingRights draft={draft} failure={counted.data.failure} />
        </div>
      ) : counted.data ? (
        <>
          <Counts
            counts={counted.data}
            kind={draft.steps.destination?.kind}
            writeMode={draft.steps.destination?.writeMode}
          />
          {(sqlBefore ?? sqlAfter) !== undefined && <p className={classes.note}>{reviewCopy.dryWithoutSql}</p>}
        </>
      ) : null}
    </SectionCard>
  );
}

type CountsProps = {
  readonly kind?: SinkKind | undefined;
  readonly counts: Extract<DryRun, { status: "succeeded" }>;
  readonly writeMode: WriteMode | undefined;
};

/** Where rows end in a table they are counted against it; elsewhere there is nothing to compare with. */
function Counts({ kind = "postgres", ...props }: CountsProps): ReactElement {
  return kind === "postgres" ? <TableCounts {...props} /> : <SentCounts kind={kind} counts={props.counts} />;
}

function TableCounts({ counts, writeMode }: Omit<CountsProps, "kind">): ReactElement {
  const skipped = (writeMode && reviewCopy.drySkipped[writeMode]) ?? reviewCopy.drySkippedElse;
  const note = writeMode && reviewCopy.dryNotes[writeMode];
  return (
    <div role="status">
      <StatList>
        <Stat label={reviewCopy.dryRead} value={formatCount(counts.read)} />
        <Stat label={reviewCopy.dryNew} value={formatCount(counts.created)} />
        <Stat label={reviewCopy.dryChanged} value={formatCount(counts.updated)} />
        <Stat label={reviewCopy.drySame} value={formatCount(counts.unchanged)} />
        {counts.skipped > 0 && <Stat label={skipped} value={formatCount(counts.skipped)} />}
        {counts.invalid !== undefined && <Stat label="Not valid" value={formatCount(counts.invalid)} />}
        {counts.deleted > 0 && <Stat label={reviewCopy.dryDeleted} value={formatCount(counts.deleted)} />}
      </StatList>
      {note && <p className={classes.note}>{note}</p>}
      <p className={classes.note}>
        {counts.read === 0 ? reviewCopy.dryZero : reviewCopy.dryTook(formatDuration(counts.milliseconds))}
      </p>
    </div>
  );
}

function Failed({ failure }: { readonly failure: Extract<DryRun, { status: "failed" }>["failure"] }): ReactElement {
  const { title, why, next } = dryRunFailureCopy(failure);
  const message = [title, why, next, failure.detail].filter(Boolean).join("\n");
  return (
    <Callout
      kind="danger"
      role="alert"
      title={title}
      actions={<CopyButton text={message} describe={reviewCopy.dryCopy} />}
    >
      <p>{why}</p>
      <p>{next}</p>
      {failure.detail && <TechnicalDetails text={`${failure.detail}\n(${failure.origin}, ${failure.code})`} />}
    </Callout>
  );
}
