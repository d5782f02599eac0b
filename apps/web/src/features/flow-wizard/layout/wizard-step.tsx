import { stepIds, type Draft, type StepId } from "@headgate/contract";
import { isStepOpen } from "@headgate/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Suspense, useEffect, type ComponentType, type ReactElement } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Skeletons } from "../../../ui/skeletons.tsx";
import { stepCopy, stepHeading, wizardCopy } from "../copy.ts";
import { draftQueries } from "../queries.ts";
import type { WizardSearch } from "../search.ts";
import type { StepProps } from "../step-props.ts";
import { stepAfter, wizardSteps } from "../steps.ts";
import { useStepSaver } from "../use-step-saver.ts";
import { BackLink } from "./back-link.tsx";
import { LeaveGuard } from "./leave-guard.tsx";
import { OutdatedDialog } from "./outdated-dialog.tsx";
import { StepHelp } from "./step-help.tsx";
import { StepList } from "./step-list.tsx";
import classes from "./wizard-step.module.css";

type Props = {
  readonly draft: Draft;
  readonly step: StepId;
  readonly search: WizardSearch;
  readonly onReload: () => void;
};

/** The frame around one step: where one is, the way back, help, and what became of what was typed. */
export function WizardStep({ draft, step, search, onReload }: Props): ReactElement {
  const saver = useStepSaver(draft.id, step, onReload);
  const goOn = useGoOn(draft.id, step, search);
  const copy = stepCopy[step];
  const heading = stepHeading(stepIds.indexOf(step) + 1, stepIds.length, copy.title);
  const Step = wizardSteps[step].component as ComponentType<StepProps>;

  useEffect(() => {
    const next = stepAfter(step);
    if (next) void wizardSteps[next].preload().catch(() => undefined);
  }, [step]);

  return (
    <div className={classes.wizard}>
      <StepList draft={draft} current={step} />
      <div className={classes.page}>
        <PageHeader
          title={heading}
          tabTitle={`${heading}, ${wizardCopy.newFlow}`}
          lead={copy.intro}
          above={<BackLink draftId={draft.id} step={step} search={search} />}
        />
        <div className={classes.notes}>
          {search.wanted && search.wanted !== step && (
            <Callout kind="info" role="status" title={wizardCopy.sentBack(stepCopy[search.wanted].title, copy.title)} />
          )}
          {draft.practice && step === "credentials" && (
            <Callout kind="info" title={wizardCopy.practiceTitle}>
              {wizardCopy.practice}
            </Callout>
          )}
          <StepHelp paragraphs={copy.help} />
        </div>
        <Suspense fallback={<Skeletons lines={6} />}>
          <Step draft={draft} saver={saver} goOn={goOn} field={search.field} />
        </Suspense>
      </div>
      <OutdatedDialog saver={saver} />
      <LeaveGuard active={saver.state.status === "failed"} />
    </div>
  );
}

/** After a change made from the review the way leads back there, as soon as everything before it is finished. */
function useGoOn(draftId: string, step: StepId, search: WizardSearch): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  return () => {
    const steps = client.getQueryData(draftQueries.one(draftId).queryKey)?.steps ?? {};
    const returns = search.back === "review";
    const next = returns && isStepOpen("review", steps) ? "review" : stepAfter(step);
    if (!next) return;
    void navigate({
      to: "/flows/drafts/$draftId/$step",
      params: { draftId, step: next },
      search: returns && next !== "review" ? { back: "review" } : {},
    });
  };
}
