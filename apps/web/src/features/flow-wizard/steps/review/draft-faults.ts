import { stepIdSchema, type Draft, type Problem, type Stream, type StepId } from "@headgate/contract";
import { judgeEvents } from "@headgate/core";
import { judgeRows } from "../mapping/mapping-judge.ts";
import { mappingRows } from "../mapping/mapping-rows.ts";

/** One thing that keeps a flow from starting, and the step where it can be put right. */
export type PlacedFault = { readonly step: StepId; readonly message: string };

type Tables = { readonly source: Stream; readonly destination: Stream | null };

/** What no longer fits: the answers are complete, but the tables have changed since, or an earlier answer has. */
export function draftFaults(draft: Draft, { source, destination }: Tables): PlacedFault[] {
  return faultsOf(draft, source, destination)
    .filter((fault) => fault.severity === "error")
    .map(({ message }) => ({ step: "mapping", message }));
}

function faultsOf(draft: Draft, source: Stream, destination: Stream | null) {
  const { fields = [], events = {} } = draft.steps.mapping ?? {};
  if (draft.steps.destination?.kind === "events") return judgeEvents(events, source);
  return judgeRows(mappingRows(source, fields), draft, source, destination);
}

/** The server's refusal names fields as `step.field`. */
export function faultsOfProblem({ fields = {} }: Problem): PlacedFault[] {
  return Object.entries(fields).map(([path, message]) => ({
    step: stepIdSchema.safeParse(path.split(".")[0]).data ?? "credentials",
    message,
  }));
}
