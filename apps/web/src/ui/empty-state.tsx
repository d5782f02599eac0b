import type { ReactElement, ReactNode } from "react";
import classes from "./empty-state.module.css";

type Props = {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly picture?: ReactNode;
};

/** Says what will be here one day and offers the way to it. */
export function EmptyState({ title, children, actions, picture }: Props): ReactElement {
  return (
    <section className={classes.empty}>
      {picture}
      <h2 className={classes.title}>{title}</h2>
      {children && <div className={classes.text}>{children}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </section>
  );
}
