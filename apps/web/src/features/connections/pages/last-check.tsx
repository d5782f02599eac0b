import type { Connection } from "@headgate/contract";
import type { ReactElement } from "react";
import { RelativeTime } from "../../../ui/relative-time.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import classes from "./last-check.module.css";

/** How the last test ended; a test of older details no longer counts. */
export function LastCheck({ connection }: { readonly connection: Connection }): ReactElement {
  const { lastCheck, revision } = connection;
  if (!lastCheck) return <StatusBadge look="waiting">Not tested</StatusBadge>;
  if (lastCheck.revision !== revision) return <StatusBadge look="waiting">Changed since the test</StatusBadge>;
  const works = lastCheck.status === "succeeded";
  return (
    <span className={classes.check}>
      <StatusBadge look={works ? "good" : "bad"}>{works ? "Works" : "Does not work"}</StatusBadge>
      <span className={classes.when}>
        <RelativeTime at={lastCheck.at} />
      </span>
    </span>
  );
}
