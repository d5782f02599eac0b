import { runStages, type Run } from "@headgate/contract";
import { Button, Progress } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { countOf, formatBytes, formatCount, formatDuration, formatEstimate } from "../../lib/format/numbers.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useNow } from "../../ui/relative-time.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { Stat, StatList } from "../../ui/stat.tsx";
import { stageCopy } from "./copy.ts";
import classes from "./live-run-card.module.css";
import { useCancelRun } from "./queries.ts";
import { pace, shareDone } from "./run-state.ts";

/** A run while it goes on: where it is, how many rows so far, how long still, and the way to stop it. */
export function LiveRunCard({ run }: { readonly run: Run }): ReactElement {
  const [asking, setAsking] = useState(false);
  const cancel = useCancelRun();
  const now = useNow(1000);
  const share = shareDone(run);
  const speed = pace(run, now);

  return (
    <SectionCard
      title={titleOf(run)}
      actions={
        <Button variant="default" size="sm" onClick={() => setAsking(true)} disabled={run.cancelRequested}>
          Stop
        </Button>
      }
    >
      <ol className={classes.stages} aria-label="Stages of the run">
        {runStages.map((stage) => (
          <li
            key={stage}
            data-state={stageState(run, stage)}
            aria-current={stageState(run, stage) === "now" ? "step" : undefined}
          >
            <span className={classes.dot} aria-hidden>
              {stageState(run, stage) === "done" && <IconCheck size={13} stroke={3} />}
            </span>
            {stageCopy[stage]}
            {stageState(run, stage) === "done" && <span className="visually-hidden"> (done)</span>}
          </li>
        ))}
      </ol>
      <Progress
        value={share === null ? 100 : share * 100}
        animated={share === null && run.status === "running"}
        striped={share === null}
        size="md"
        radius="xl"
        aria-label={share === null ? "Progress, total unknown" : "Progress"}
        my="md"
      />
      <StatList>
        <Stat
          label="Rows so far"
          value={formatCount(run.progress?.rowsRead ?? 0)}
          hint={
            run.progress && run.progress.rowsEstimated !== null
              ? `of ${formatEstimate(run.progress.rowsEstimated)}`
              : undefined
          }
        />
        <Stat label="Size" value={formatBytes(run.progress?.bytes ?? 0)} />
        <Stat label="Speed" value={speed ? `${formatCount(Math.round(speed.perSecond))}/s` : "…"} />
        <Stat
          label="Time left"
          value={speed?.secondsLeft === undefined ? "…" : formatDuration(speed.secondsLeft * 1000)}
        />
      </StatList>
      <ConfirmDialog
        opened={asking}
        title="Stop this run?"
        confirmLabel="Stop the run"
        danger
        onConfirm={() => cancel.mutateAsync(run.id)}
        onClose={() => setAsking(false)}
      >
        Rows that are not finished are taken back. The next run starts from a clean state.
      </ConfirmDialog>
    </SectionCard>
  );
}

function titleOf(run: Run): string {
  if (run.cancelRequested) return "Stopping…";
  if (run.status === "queued") return "Waiting to start…";
  const rows = run.progress?.rowsRead ?? 0;
  return rows === 0 ? "Running…" : `Running: ${countOf(rows, "row")} so far`;
}

function stageState(run: Run, stage: (typeof runStages)[number]): "done" | "now" | "later" {
  if (run.status === "queued" || !run.progress) return "later";
  const distance = runStages.indexOf(stage) - runStages.indexOf(run.progress.stage);
  if (distance === 0) return "now";
  return distance < 0 ? "done" : "later";
}
