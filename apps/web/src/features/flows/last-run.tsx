import type { Flow } from "@headgate/contract";
import type { ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { runFailureCopy } from "../../lib/messages.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
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
      {run.status === "cancelled" && <span className={classes.quiet}>Stopped by hand</span>}
    </span>
  );
}
