import { stepIdSchema, type StepId } from "@headgate/contract";

/** What a wizard address may carry besides draft and step; all of it survives a reload. */
export type WizardSearch = {
  /** Continue leads back to the review, because a Change link led here. */
  readonly back?: "review";
  /** The form field to start at. */
  readonly field?: string;
  /** The step that was asked for and is not open yet. */
  readonly wanted?: StepId;
};

export function wizardSearch(search: Record<string, unknown>): WizardSearch {
  const wanted = stepIdSchema.safeParse(search.wanted).data;
  return {
    ...(search.back === "review" && { back: "review" }),
    ...(typeof search.field === "string" && /^[\w.]{1,80}$/.test(search.field) && { field: search.field }),
    ...(wanted && { wanted }),
  };
}
