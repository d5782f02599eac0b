import { stepIds, type Draft, type StepId } from "@headgate/contract";
import { isStepOpen, judgeStep } from "@headgate/core";
import { UnstyledButton } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { stepCopy, wizardCopy } from "../copy.ts";
import classes from "./step-list.module.css";

type Props = { readonly draft: Draft; readonly current: StepId };

/** All steps with the present one marked; those that are open are links. On phones it folds into one line. */
export function StepList({ draft, current }: Props): ReactElement {
  const [unfolded, setUnfolded] = useState(false);
  const position = stepIds.indexOf(current) + 1;
  return (
    <nav className={classes.nav} aria-label={wizardCopy.listLabel}>
      <UnstyledButton
        className={classes.bar}
        aria-expanded={unfolded}
        aria-controls="wizard-steps"
        onClick={() => setUnfolded(!unfolded)}
      >
        <span>{wizardCopy.position(position, stepIds.length)}</span>
        <span className={classes.track} aria-hidden>
          {stepIds.map((step, index) => (
            <span key={step} data-filled={index < position || undefined} />
          ))}
        </span>
        <IconChevronDown size={18} aria-hidden className={classes.chevron} />
      </UnstyledButton>
      <ol id="wizard-steps" className={classes.list} data-unfolded={unfolded || undefined}>
        {stepIds.map((step, index) => (
          <li key={step}>
            <StepEntry draft={draft} step={step} number={index + 1} current={step === current} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

type EntryProps = { readonly draft: Draft; readonly step: StepId; readonly number: number; readonly current: boolean };

function StepEntry({ draft, step, number, current }: EntryProps): ReactElement {
  const open = isStepOpen(step, draft.steps);
  const done = open && step !== "review" && judgeStep(step, draft.steps).complete;
  const content = (
    <>
      <span className={classes.sign} aria-hidden>
        {done && !current ? <IconCheck size={16} stroke={2.6} /> : number}
      </span>
      {stepCopy[step].short}
      {done && !current && <span className="visually-hidden"> ({wizardCopy.finished})</span>}
    </>
  );
  if (current || !open) {
    return (
      <span
        className={classes.entry}
        aria-current={current ? "step" : undefined}
        data-state={current ? "current" : "closed"}
      >
        {content}
      </span>
    );
  }
  return (
    <Link
      to="/flows/drafts/$draftId/$step"
      params={{ draftId: draft.id, step }}
      search={{}}
      preload={false}
      className={classes.entry}
      data-state={done ? "done" : "open"}
    >
      {content}
    </Link>
  );
}
