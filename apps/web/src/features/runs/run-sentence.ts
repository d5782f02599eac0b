import type { Run, SinkKind } from "@headgate/contract";
import { describeReceipt } from "@headgate/core";
import { countOf, formatDuration } from "../../lib/format/numbers.ts";
import { runFailureCopy } from "../../lib/messages.ts";
import { undoCopy } from "./copy.ts";
import { holdWords } from "./hold-words.ts";
import { runMilliseconds } from "./run-state.ts";

/** What came of a run in one sentence, without its time. */
export function runSentence(run: Run, kind: SinkKind = "postgres"): string {
  switch (run.status) {
    case "queued":
      return "Waiting for a free worker.";
    case "running":
      return run.cancelRequested ? "Stopping." : "Under way.";
    case "cancelled":
      return "Stopped by hand; what was not finished was taken back.";
    case "failed":
      return run.failure ? `${runFailureCopy(run.failure).title}.` : "It failed.";
    case "needs_confirmation":
      return run.hold
        ? `It asks you first: ${lowerFirst(holdWords(run.hold).title)}. Nothing was written.`
        : "It asks you first.";
    case "succeeded":
      return run.receipt ? receiptSentence(run, kind) : "Done.";
  }
}

function receiptSentence(run: Run, kind: SinkKind): string {
  if (!run.receipt) return "";
  if (run.trigger === "undo") {
    const { deleted, updated, created } = run.receipt;
    return undoCopy.sentence(countOf(deleted + updated + created, "row"));
  }
  if (run.receipt.read === 0) return "0 rows read: the source had nothing to send.";
  const duration = runMilliseconds(run);
  return `${describeReceipt(run.receipt, kind)}${duration === null ? "" : `, in ${formatDuration(duration)}`}.`;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
