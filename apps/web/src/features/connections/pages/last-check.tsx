import type { Connection, LastCheck as Check } from "@headgate/contract";
import type { ReactElement } from "react";
import { checkFailureCopy } from "../../../lib/messages.ts";
import { RelativeTime } from "../../../ui/relative-time.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { typedFacts } from "../place-words.ts";
import { askerWords } from "./copy.ts";
import classes from "./last-check.module.css";
import { lastFailure } from "./last-failure.ts";

/** How the last test ended, when, and who asked for it; a test of older details no longer counts. */
export function LastCheck({ connection }: { readonly connection: Connection }): ReactElement {
  const { lastCheck, revision } = connection;
  if (!lastCheck) return <StatusBadge look="waiting">Not tested</StatusBadge>;
  if (lastCheck.revision !== revision) return <StatusBadge look="waiting">Changed since the test</StatusBadge>;
  const failure = lastFailure(connection);
  return (
    <span className={classes.check}>
      <span className={classes.verdict}>
        <StatusBadge look={failure ? "bad" : "good"}>{failure ? "Does not work" : "Works"}</StatusBadge>
        <When check={lastCheck} />
      </span>
      {failure && (
        <span className={classes.why}>{checkFailureCopy(failure, typedFacts(connection.settings)).title}</span>
      )}
    </span>
  );
}

function When({ check }: { readonly check: Check }): ReactElement {
  return (
    <span className={classes.when}>
      <RelativeTime at={check.at} />
      {check.by && `, ${askerWords[check.by]}`}
    </span>
  );
}
