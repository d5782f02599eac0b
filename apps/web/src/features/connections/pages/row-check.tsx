import type { Connection } from "@headgate/contract";
import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { errorCopy } from "../../../lib/messages.ts";
import { stageMessages } from "../../../lib/messages/check-words.ts";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { useConnectionCheck, type ConnectionCheck } from "../check/use-connection-check.ts";
import { checkCopy } from "../check/copy.ts";
import { pagesCopy } from "./copy.ts";
import { LastCheck } from "./last-check.tsx";
import classes from "./row-check.module.css";

/** The last test of a connection in the list, and a button that tests it now, stage by stage in one line. */
export function RowCheck({ connection }: { readonly connection: Connection }): ReactElement {
  const check = useConnectionCheck(connection);
  const running = check.phase === "running";
  return (
    <div className={classes.row}>
      {running ? (
        <span className={classes.running}>
          <StatusBadge look="busy">{pagesCopy.testing}</StatusBadge>
          <span className={classes.stage}>{stageInWords(check)}</span>
        </span>
      ) : (
        <LastCheck connection={connection} />
      )}
      <span role="status" className={check.phase === "unasked" ? classes.unasked : "visually-hidden"}>
        {outcome(connection, check)}
      </span>
      <Button
        className={classes.button}
        size="compact-sm"
        variant="subtle"
        onClick={running ? check.stop : check.start}
        aria-label={`${running ? checkCopy.stop : labelOf(connection)}: ${connection.name}`}
      >
        {running ? checkCopy.stop : labelOf(connection)}
      </Button>
    </div>
  );
}

function labelOf({ lastCheck }: Connection): string {
  return lastCheck ? pagesCopy.testAgain : pagesCopy.testFirst;
}

function stageInWords({ stages }: ConnectionCheck): string {
  const current = stages.find(({ status }) => status === "running");
  return current ? stageMessages[current.stage].doing : "";
}

function outcome({ name }: Connection, { phase, verdict, error }: ConnectionCheck): string {
  if (phase === "unasked") return errorCopy(error).title;
  if (phase !== "finished" || !verdict) return "";
  return verdict.status === "succeeded" ? `${name} works.` : `${name} does not work.`;
}
