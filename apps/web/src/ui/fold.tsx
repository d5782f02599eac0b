import { useState, type ReactElement, type ReactNode } from "react";
import classes from "./fold.module.css";

type Props = {
  readonly title: string;
  readonly hint?: string;
  /** A mistake inside opens it, whoever folded it, so that nobody has to look for it. */
  readonly faulty?: boolean;
  /** Whether it begins open. */
  readonly open?: boolean;
  readonly children: ReactNode;
};

/** What few people need, folded away until they ask for it. */
export function Fold({ title, hint, faulty = false, open = false, children }: Props): ReactElement {
  const [shown, setShown] = useState(open);
  return (
    <details className={classes.fold} open={shown || faulty} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary className={classes.summary}>
        <span className={classes.title}>{title}</span>
        {hint && <span className={classes.hint}>{hint}</span>}
      </summary>
      <div className={classes.content}>{children}</div>
    </details>
  );
}
