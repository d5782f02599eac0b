import { stepIds, type Connection, type Draft, type StepId } from "@headgate/contract";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { stepCopy } from "../../copy.ts";
import type { Tables } from "../../use-tables.ts";
import { answerTexts } from "./answer-texts.tsx";
import { reviewCopy } from "./copy.ts";
import classes from "./review.module.css";

type Props = {
  readonly draft: Draft;
  readonly connections: readonly Connection[];
  readonly tables: Tables;
};

/** Every answer with the way to change it; a change leads back here. */
export function AnswerList({ draft, connections, tables }: Props): ReactElement {
  const texts: Record<Exclude<StepId, "review">, ReactNode> = answerTexts(draft, connections, tables);
  return (
    <dl className={classes.answers}>
      {stepIds.map((step) =>
        step === "review" ? null : (
          <div key={step} className={classes.answer}>
            <dt>{reviewCopy.facts[step]}</dt>
            <dd>{texts[step]}</dd>
            <dd className={classes.change}>
              <Link
                to="/flows/drafts/$draftId/$step"
                params={{ draftId: draft.id, step }}
                search={{ back: "review" }}
                aria-label={reviewCopy.changeWhat(stepCopy[step].short)}
              >
                {reviewCopy.change}
              </Link>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}
