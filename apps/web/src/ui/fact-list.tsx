import type { ReactElement, ReactNode } from "react";
import classes from "./fact-list.module.css";

export type Fact = { readonly label: string; readonly value: ReactNode; readonly action?: ReactNode };

/** Names and values under each other: a summary list. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }): ReactElement {
  return (
    <dl className={classes.list}>
      {facts.map(({ label, value, action }) => (
        <div key={label} className={classes.row}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.value}>{value}</dd>
          {action && <dd className={classes.action}>{action}</dd>}
        </div>
      ))}
    </dl>
  );
}
