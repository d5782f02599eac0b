import type { ReactElement, ReactNode } from "react";
import classes from "./fold.module.css";

type Props = {
  readonly title: string;
  readonly hint?: string;
  /** A mistake inside keeps it open, so that nobody has to look for it. */
  readonly faulty?: boolean;
  readonly open?: boolean;
  readonly children: ReactNode;
};

/** What few people need, folded away until they ask for it. */
export function Fold({ title, hint, faulty = false, open = false, children }: Props): ReactElement {
  return (
    <details className={classes.fold} open={faulty || open || undefined}>
      <summary className={classes.summary}>
        <span className={classes.title}>{title}</span>
        {hint && <span className={classes.hint}>{hint}</span>}
      </summary>
      <div className={classes.content}>{children}</div>
    </details>
  );
}
