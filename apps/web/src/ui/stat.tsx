import type { ReactElement, ReactNode } from "react";
import classes from "./stat.module.css";

type Props = { readonly label: string; readonly value: ReactNode; readonly hint?: ReactNode };

/** One number with its name; belongs into `StatList`. */
export function Stat({ label, value, hint }: Props): ReactElement {
  return (
    <div className={classes.stat}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>
        {value} {hint && <span className={classes.hint}>{hint}</span>}
      </dd>
    </div>
  );
}

export function StatList({ children }: { readonly children: ReactNode }): ReactElement {
  return <dl className={classes.list}>{children}</dl>;
}
