import type { DestinationKind, DryRun } from "@headgate/contract";
import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { formatCount, formatDuration } from "../../../../lib/format/numbers.ts";
import { JsonPreview } from "../../../../ui/json-preview.tsx";
import { Stat, StatList } from "../../../../ui/stat.tsx";
import { whatIsWrong } from "../../../../lib/messages/rejected-row.ts";
import { mappingCopy } from "../mapping/copy.ts";
import { reviewCopy } from "./copy.ts";
import { spread } from "./spread-json.ts";
import classes from "./review.module.css";

type Counts = Extract<DryRun, { status: "succeeded" }>;
type Props = { readonly kind: DestinationKind; readonly counts: Counts };

/** What the first run would send or write: how many rows, the first of them as they would arrive, and those that could not. */
export function SentCounts({ kind, counts }: Props): ReactElement {
  const { samples = [], unfit = [] } = counts;
  return (
    <div role="status">
      <StatList>
        <Stat label={reviewCopy.dryRead} value={formatCount(counts.read)} />
        <Stat label={reviewCopy.dryArrives[kind]} value={formatCount(counts.created)} />
        {unfit.length > 0 && <Stat label={reviewCopy.dryAside} value={formatCount(unfit.length)} />}
      </StatList>
      {unfit.length > 0 && (
        <div className={classes.note}>
          <p>{reviewCopy.dryUnfit}</p>
          <ul>
            {unfit.map((row, place) => (
              <li key={`${place} ${row.key}`}>
                <code>{row.key}</code> {row.column && `(${row.column})`}: {whatIsWrong(row)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {samples.length > 0 && <Samples title={reviewCopy.drySamples[kind]} samples={samples} />}
      <p className={classes.note}>
        {counts.read === 0 ? reviewCopy.dryZero : reviewCopy.dryTook(formatDuration(counts.milliseconds))}
      </p>
    </div>
  );
}

function Samples({ title, samples }: { readonly title: string; readonly samples: readonly string[] }): ReactElement {
  const [at, setAt] = useState(0);
  const label = reviewCopy.drySample(at + 1, samples.length);
  return (
    <div className={classes.samples}>
      <div className={classes.stepper}>
        <h3>{title}</h3>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={mappingCopy.previous}
          disabled={at === 0}
          onClick={() => setAt(at - 1)}
        >
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <span>{mappingCopy.rowOf(at + 1, samples.length)}</span>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={mappingCopy.next}
          disabled={at === samples.length - 1}
          onClick={() => setAt(at + 1)}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </div>
      <JsonPreview text={spread(samples[at] ?? "")} label={label} copyable={false} />
    </div>
  );
}
