import type { Run } from "@headgate/contract";
import type { ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { formatShortMoment } from "../../lib/format/time.ts";
import { BarChart, type Bar } from "../../ui/bar-chart.tsx";
import type { StatusLook } from "../../ui/status-badge.tsx";
import { runLook } from "./run-look.ts";
import { isActive } from "./run-state.ts";

const tones = {
  good: "good",
  busy: "busy",
  waiting: "busy",
  warning: "warning",
  bad: "bad",
  paused: "stopped",
  stopped: "stopped",
} as const satisfies Record<StatusLook, Bar["tone"]>;

type Props = { readonly runs: readonly Run[]; readonly onOpen: (runId: string) => void };

/** Rows read by each of the last runs; `runs` come newest first. */
export function RunChart({ runs, onOpen }: Props): ReactElement {
  return (
    <BarChart
      label="Rows read by the last runs, oldest first"
      hint="Rows read by each run. The newest is on the right."
      bars={runs.map(toBar).reverse()}
      onOpen={onOpen}
    />
  );
}

function toBar(run: Run): Bar {
  const [read, under] = [run.receipt?.read, run.progress?.rowsRead];
  const value = (isActive(run) ? (under ?? read) : (read ?? under)) ?? 0;
  const when = formatShortMoment(new Date(run.startedAt ?? run.scheduledFor));
  const { word, look } = runLook(run);
  return {
    key: run.id,
    value,
    tone: tones[look],
    words: `${when}, ${word.toLowerCase()}, ${countOf(value, "row")} read`,
  };
}
