import type { ReactElement, ReactNode } from "react";
import classes from "./stacked.module.css";

/** Parts of a page below each other, all at the same distance whatever margins they bring along. */
export function Stacked({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={classes.stacked}>{children}</div>;
}
