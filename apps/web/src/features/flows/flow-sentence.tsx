import type { Flow } from "@headgate/contract";
import type { ReactElement } from "react";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { runSentence } from "../runs/run-sentence.ts";

const pausedForYou = "Headgate has paused it: nothing runs until somebody has seen to it and resumes it.";

/** How the flow is doing, in words: what the last run did and when the next one comes. */
export function FlowSentence({ flow }: { readonly flow: Flow }): ReactElement {
  const { lastRun, nextRunAt, paused } = flow;
  return (
    <span>
      {lastRun ? (
        <>
          Last run <RelativeTime at={lastRun.finishedAt ?? lastRun.scheduledFor} />:{" "}
          {lowerFirst(runSentence(lastRun, flow.definition.destination.kind))}{" "}
        </>
      ) : (
        notRunYet(flow)
      )}
      {paused && (flow.pausedFor ? pausedForYou : "Paused: nothing runs until you resume it.")}
      {!paused && nextRunAt && (
        <>
          Next run <RelativeTime at={nextRunAt} />.
        </>
      )}
      {!paused && !nextRunAt && "It runs only when you press Run now."}
    </span>
  );
}

function notRunYet({ activeRun }: Flow): string {
  return activeRun ? "Its first run is under way. " : "It has not run yet. ";
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
