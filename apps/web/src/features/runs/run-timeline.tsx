import type { Run } from "@headgate/contract";
import type { ReactElement } from "react";
import { formatDuration } from "../../lib/format/numbers.ts";
import { formatExactMoment } from "../../lib/format/time.ts";
import { FactList } from "../../ui/fact-list.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { triggerCopy } from "./copy.ts";
import { runMilliseconds } from "./run-state.ts";

export function RunTimeline({ run }: { readonly run: Run }): ReactElement {
  const took = runMilliseconds(run);
  return (
    <SectionCard title="When">
      <FactList
        facts={[
          { label: "Why it ran", value: triggerCopy[run.trigger] },
          { label: "Planned for", value: moment(run.scheduledFor) },
          { label: "Started", value: moment(run.startedAt) },
          { label: "Ended", value: moment(run.finishedAt) },
          { label: "Took", value: took === null ? "Not over yet" : formatDuration(took) },
          { label: "Tries", value: run.attempt === 0 ? "Not begun" : String(run.attempt) },
        ]}
      />
    </SectionCard>
  );
}

function moment(at: string | null): ReactElement | string {
  return at === null ? "Not yet" : <time dateTime={at}>{formatExactMoment(new Date(at))}</time>;
}
