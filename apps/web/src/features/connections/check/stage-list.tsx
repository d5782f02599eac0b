import { Loader } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { formatMilliseconds } from "../../../lib/format/numbers.ts";
import { stageMessages } from "../../../lib/messages/check-words.ts";
import type { StageState } from "./check-progress.ts";
import { checkCopy, protocolName } from "./copy.ts";
import classes from "./stage-list.module.css";

const statusWords = {
  waiting: checkCopy.waiting,
  running: checkCopy.inProgress,
  passed: checkCopy.passed,
  failed: checkCopy.failed,
} as const;

/** The stages of a check in order, each with a sign, a word and its time. */
export function StageList({ stages }: { readonly stages: readonly StageState[] }): ReactElement {
  return (
    <ol className={classes.list} aria-label={checkCopy.stages}>
      {stages.map((state) => (
        <li key={state.stage} className={classes.stage} data-status={state.status}>
          <span className={classes.sign} aria-hidden>
            <Sign status={state.status} />
          </span>
          <span className={classes.words}>
            {nameOf(state)}
            <span className="visually-hidden">: {statusWords[state.status]}</span>
            {state.note && <span className={classes.note}>{noteOf(state)}</span>}
          </span>
          {state.milliseconds !== undefined && state.status !== "running" && (
            <span className={classes.time}>
              {state.milliseconds < 1 ? checkCopy.instant : formatMilliseconds(state.milliseconds)}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function Sign({ status }: Pick<StageState, "status">) {
  if (status === "passed") return <IconCheck size={16} stroke={2.6} />;
  if (status === "failed") return <IconX size={16} stroke={2.6} />;
  return status === "running" ? <Loader size={16} color="currentColor" /> : null;
}

/** Of the way we know where it begins: our own address. */
function noteOf({ stage, note = "" }: StageState): string {
  if (stage === "route") return checkCopy.from(note);
  return stage === "tls" ? protocolName(note) : note;
}

function nameOf({ stage, status }: StageState): string {
  const { doing, done, failed } = stageMessages[stage];
  return { waiting: failed, running: doing, passed: done, failed }[status];
}
