import type { Run } from "@headgate/contract";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { Callout } from "../../ui/callout.tsx";
import { holdWords } from "../runs/hold-words.ts";
import { RunFailureCallout } from "../runs/run-failure-callout.tsx";
import { rowsSetAside } from "../runs/run-look.ts";
import { lastRunCopy } from "./copy.ts";

/** On the flow's page: what the last run wants of somebody, if anything. */
export function LastRunCallout({ run }: { readonly run: Run }): ReactElement | null {
  const refused = rowsSetAside(run);
  if (run.failure) return <RunFailureCallout failure={run.failure} actions={linkTo(run, lastRunCopy.whole)} />;
  if (run.hold) {
    const title = lastRunCopy.asks(holdWords(run.hold).title);
    return (
      <Callout kind="warning" title={title} actions={linkTo(run, lastRunCopy.answer)}>
        {lastRunCopy.asksText}
      </Callout>
    );
  }
  if (refused === 0) return null;
  const rows = countOf(refused, "row");
  return (
    <Callout kind="warning" title={lastRunCopy.setAside(rows)} actions={linkTo(run, lastRunCopy.look(rows))}>
      {lastRunCopy.setAsideText}
    </Callout>
  );
}

function linkTo({ flowId, id }: Run, words: string): ReactElement {
  return (
    <Link to="/flows/$flowId/runs/$runId" params={{ flowId, runId: id }}>
      {words}
    </Link>
  );
}
