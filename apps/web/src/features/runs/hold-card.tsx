import { confirmationHours, type Hold, type Run } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatCount } from "../../lib/format/numbers.ts";
import { Callout } from "../../ui/callout.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { Stat, StatList } from "../../ui/stat.tsx";
import { holdCardCopy } from "./copy.ts";
import { HoldAnswer } from "./hold-answer.tsx";
import { holdWords } from "./hold-words.ts";
import { PlaceAnswer } from "./place-answer.tsx";
import { runQueries } from "./queries.ts";
import classes from "./hold-card.module.css";

type Props = { readonly run: Run; readonly hold: Hold };

/** What a held run would do, with exact numbers, and the yes that a person types as long as it counts. */
export function HoldCard({ run, hold }: Props): ReactElement {
  const runs = useQuery(runQueries.ofFlow(run.flowId));
  const newest = runs.data?.[0];
  const { title, why } = holdWords(hold);
  return (
    <SectionCard title={holdCardCopy.title} description={holdCardCopy.nothing}>
      <div className={classes.stack}>
        <Callout kind="warning" title={title}>
          <p>{why}</p>
        </Callout>
        {!isAboutAdding(hold) && (
          <StatList>
            <Stat label={holdCardCopy.deleted} value={formatCount(hold.deleted)} />
            <Stat label={holdCardCopy.created} value={formatCount(hold.created)} />
            <Stat label={holdCardCopy.updated} value={formatCount(hold.updated)} />
            <Stat label={holdCardCopy.there} value={formatCount(hold.destinationRows)} />
          </StatList>
        )}
        {hold.sampleKeys.length > 0 && (
          <details className={classes.keys}>
            <summary>{holdCardCopy.keys(hold.sampleKeys.length < hold.deleted)}</summary>
            <code>{hold.sampleKeys.join("  ")}</code>
          </details>
        )}
        {newest && newest.id !== run.id ? (
          <Callout kind="info" title={holdCardCopy.lateTitle}>
            {holdCardCopy.answered}{" "}
            <Link to="/flows/$flowId/runs/$runId" params={{ flowId: run.flowId, runId: newest.id }}>
              {holdCardCopy.newest}
            </Link>
          </Callout>
        ) : isLate(run) ? (
          <Callout kind="info" title={holdCardCopy.lateTitle}>
            {holdCardCopy.late}
          </Callout>
        ) : (
          <Answer run={run} hold={hold} />
        )}
      </div>
    </SectionCard>
  );
}

function Answer({ run, hold }: Props): ReactElement {
  return hold.reason === "place_lost" ? <PlaceAnswer run={run} hold={hold} /> : <HoldAnswer run={run} hold={hold} />;
}

/** Such runs delete and change nothing, and their words have the numbers. */
function isAboutAdding({ reason }: Hold): boolean {
  return reason === "place_lost" || reason === "unusual_count";
}

function isLate({ finishedAt }: Run): boolean {
  return finishedAt !== null && Date.now() - Date.parse(finishedAt) > confirmationHours * 3_600_000;
}
