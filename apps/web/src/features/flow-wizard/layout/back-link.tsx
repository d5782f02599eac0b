import type { StepId } from "@headgate/contract";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { wizardCopy } from "../copy.ts";
import type { WizardSearch } from "../search.ts";
import { stepBefore } from "../steps.ts";
import classes from "./back-link.module.css";

type Props = { readonly draftId: string; readonly step: StepId; readonly search: WizardSearch };

/** To the step before, to the review when that is where one came from, or out of the wizard. */
export function BackLink({ draftId, step, search }: Props): ReactElement {
  const before = search.back === "review" && step !== "review" ? "review" : stepBefore(step);
  const content = (
    <>
      <IconArrowLeft size={18} aria-hidden />
      {before === "review" ? wizardCopy.backToReview : wizardCopy.back}
    </>
  );
  if (!before) {
    return (
      <Link to="/" className={classes.back}>
        {content}
      </Link>
    );
  }
  return (
    <Link to="/flows/drafts/$draftId/$step" params={{ draftId, step: before }} search={{}} className={classes.back}>
      {content}
    </Link>
  );
}
