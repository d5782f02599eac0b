import type { Flow, Run } from "@headgate/contract";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { runFailureCopy } from "../../lib/messages.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { rowsSetAside } from "../runs/run-look.ts";
import { lastRunCopy } from "./copy.ts";
import classes from "./last-run.module.css";

/** When the last run ended and what came of it, in a few words. */
export function LastRun({ flow }: { readonly flow: Flow }): ReactElement {
  const run = flow.lastRun;
  if (!run) return <span className={classes.quiet}>Not run yet</span>;
  return (
    <span className={classes.run}>
      <RelativeTime at={run.finishedAt ?? run.startedAt ?? run.scheduledFor} />
      {run.failure && <span className={classes.failure}>{runFailureCopy(run.failure).title}</span>}
      {run.receipt && <span className={classes.quiet}>{countOf(run.receipt.read, "row")} read</span>}
      <NextStep run={run} />
      {run.status === "cancelled" && <span className={classes.quiet}>Stopped by hand</span>}
    </span>
  );
}

/** The way to a run that waits for somebody. */
function NextStep({ run }: { readonly run: Run }): ReactElement | null {
  const words = nextStepWords(run);
  if (!words) return null;
  return (
    <Link to="/flows/$flowId/runs/$runId" params={{ flowId: run.flowId, runId: run.id }} className={classes.step}>
      {words}
    </Link>
  );
}

function nextStepWords(run: Run): string | undefined {
  if (run.status === "needs_confirmation") return lastRunCopy.answer;
  const refused = rowsSetAside(run);
  return refused > 0 ? lastRunCopy.look(countOf(refused, "row")) : undefined;
}
