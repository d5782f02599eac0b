import type { Run, Undo } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { formatCount } from "../../lib/format/numbers.ts";
import { Callout } from "../../ui/callout.tsx";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { Stat, StatList } from "../../ui/stat.tsx";
import { undoCopy } from "./copy.ts";
import classes from "./hold-card.module.css";
import { runQueries } from "./queries.ts";
import { RunFailureCallout } from "./run-failure-callout.tsx";
import { UndoAnswer } from "./undo-answer.tsx";

/** Counts, once it is asked, what undoing a run would do, and takes the typed yes. */
export function UndoCard({ run }: { readonly run: Run }): ReactElement {
  const [asked, setAsked] = useState(false);
  const looked = useQuery({ ...runQueries.undo(run.id), enabled: asked });
  return (
    <SectionCard title={undoCopy.title} description={undoCopy.intro}>
      <div className={classes.stack}>
        {!looked.data && (
          <div>
            <Button variant="default" loading={looked.isFetching} onClick={() => setAsked(true)}>
              {undoCopy.look}
            </Button>
          </div>
        )}
        {looked.error && <ErrorCallout error={looked.error} />}
        {looked.data?.status === "failed" && <RunFailureCallout failure={looked.data.failure} />}
        {looked.data?.status === "succeeded" && <Looked run={run} undo={looked.data.undo} />}
      </div>
    </SectionCard>
  );
}

function Looked({ run, undo }: { readonly run: Run; readonly undo: Undo }): ReactElement {
  if (!undo.possible)
    return (
      <Callout kind="info" title={undoCopy.impossible}>
        {undoCopy[undo.reason]}
      </Callout>
    );
  const rows = undo.removed + undo.restored + undo.returned;
  return (
    <>
      <StatList>
        <Stat label={undoCopy.removed} value={formatCount(undo.removed)} />
        <Stat label={undoCopy.restored} value={formatCount(undo.restored)} />
        <Stat label={undoCopy.returned} value={formatCount(undo.returned)} />
        <Stat label={undoCopy.left} value={formatCount(undo.left)} />
      </StatList>
      {rows === 0 ? <p>{undoCopy.none}</p> : <UndoAnswer run={run} rows={rows} />}
    </>
  );
}
