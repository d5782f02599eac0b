import type { Draft, StepId } from "@headgate/contract";
import type { StepSaver } from "./use-step-saver.ts";

/** What every step gets. Its unsaved edits are its own; everything else is in the draft. */
export type StepProps<S extends StepId = StepId> = {
  readonly draft: Draft;
  readonly saver: StepSaver<S>;
  /** Leads to the next step, or back to the review; call it once the step's answers are saved. */
  readonly goOn: () => void;
  /** The field to start at, when a link named one. */
  readonly field: string | undefined;
};
