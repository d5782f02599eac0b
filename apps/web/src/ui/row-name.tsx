import type { ReactElement, ReactNode } from "react";
import classes from "./row-name.module.css";

type Props = {
  /** Leads to the page of what the row is about. */
  readonly link: ReactElement;
  /** What is said about it below its name. */
  readonly children?: ReactNode;
};

/** The head of a table's row. */
export function RowName({ link, children }: Props): ReactElement {
  return (
    <div className={classes.cell}>
      <div className={classes.name}>{link}</div>
      {children}
    </div>
  );
}
