import type { ReactElement, ReactNode } from "react";
import classes from "./with-aside.module.css";

type Props = {
  /** How much room the second child gets where there is room beside the first; there it stays in sight. */
  readonly aside: "narrow" | "wide";
  readonly children: ReactNode;
};

/** A form and what follows from it: side by side on wide windows, below each other on others. */
export function WithAside({ aside, children }: Props): ReactElement {
  return (
    <div className={classes.columns} data-aside={aside}>
      {children}
    </div>
  );
}
